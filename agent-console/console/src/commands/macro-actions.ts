import type { MacroAction, Priority, TicketStatus } from '@/api-types'
import type { TicketChange } from '@/server/tickets'
import { changeAll } from './change'
import type { CommandContext } from './command'

/** One change for all actions of a macro, so that one undo takes them all back. */
export async function runMacroActions(context: CommandContext, actions: readonly MacroAction[]): Promise<void> {
  const { ticket, me, teams, t } = context
  if (ticket === null || actions.length === 0) return
  const change: TicketChange = {}
  for (const { kind, value } of actions) {
    if (kind === 'assign-me') change.assignee = me.id
    if (kind === 'status' && value) change.status = value as TicketStatus
    if (kind === 'priority' && value) change.priority = value as Priority
    if (kind === 'tag' && value) change.tags = [...new Set([...(change.tags ?? ticket.tags), value])]
    if (kind === 'team' && value)
      change.team = teams.find(it => it.id === value || it.name === value)?.id ?? value
  }
  await changeAll(context, t('said.macro'), () => change, [ticket])
}
