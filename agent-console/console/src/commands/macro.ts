import { changeDraft, textToHtml } from '@/server/drafts'
import { ticketApi } from '@/server/tickets'
import { attempt } from './change'
import { chooser, type CommandContext } from './command'
import { planned, runMacroActions } from './macro-actions'

/** Fills in the macro for the open ticket and puts its text in the composer; its actions run when that is sent. */
export function applyMacro(context: CommandContext, macroId: string): Promise<boolean> {
  return attempt(context, async () => {
    const { ticket, bench, t } = context
    if (ticket === null) return
    const filled = await ticketApi.applyMacro(macroId, ticket.id)
    if (filled.text !== '') {
      const here = location.pathname.endsWith(`/${ticket.id}`)
      const words = filled.html ? filled.html : textToHtml(filled.text)
      changeDraft(ticket.id, old => ({
        ...(here ? {} : { [old.mode]: old[old.mode] + words }),
        actions: { ...old.actions, [old.mode]: planned(old.actions?.[old.mode] ?? [], filled.actions) },
        sendKey: undefined,
      }))
      if (here) bench.compose(it => it.insert(filled.text, filled.html))
    }
    if (filled.undefined.length > 0) {
      bench.toast(t('macro.undefined', { names: filled.undefined.join(', ') }), {
        tone: 'error',
        seconds: 7,
      })
    }
    if (filled.text === '') await runMacroActions(context, filled.actions)
  })
}

export const macro = chooser({
  id: 'macro',
  label: 'command.macro',
  icon: 'bolt',
  group: 'write',
  shortcut: 'm',
  enabled: ({ ticket, macros }) => ticket !== null && macros.length > 0,
  choices: context =>
    context.macros.map(it => ({
      id: it.id,
      label: it.title,
      detail: it.text.replace(/\s+/g, ' ').slice(0, 90),
      icon: 'bolt',
      run: async () => {
        await applyMacro(context, it.id)
      },
    })),
})
