import type { TFunction } from 'i18next'
import type { MacroAction, Priority, Team, TicketStatus } from '@/api-types'
import type { TicketChange } from '@/server/tickets'
import { changeAll } from './change'
import type { CommandContext } from './command'

/** The planned actions plus another macro's: the last one on a field wins, tags add up. */
export function planned(old: readonly MacroAction[], more: readonly MacroAction[]): MacroAction[] {
  const same = (a: MacroAction, b: MacroAction) =>
    a.kind === b.kind && (a.kind !== 'tag' || a.value === b.value)
  return [...old.filter(it => !more.some(fresh => same(it, fresh))), ...more].filter(
    (it, at, all) => all.findLastIndex(other => same(it, other)) === at,
  )
}

/** An action in the reader's words. */
export function actionWord(action: MacroAction, t: TFunction, teams: readonly Team[]): string {
  const value = action.value ?? ''
  switch (action.kind) {
    case 'status':
      return t('does.status', { name: t(`ticketStatus.${value as TicketStatus}`) })
    case 'priority':
      return t('does.priority', { name: t(`priority.${value as Priority}`) })
    case 'tag':
      return t('does.tag', { name: value })
    case 'team':
      return t('does.team', {
        name: teams.find(it => it.id === value || it.name === value)?.name ?? t('does.unknown'),
      })
    case 'assign-me':
      return t('does.assignMe')
    case null:
    case undefined:
      return t('does.unknown')
  }
}

/** The status that the actions set. */
export function plannedStatus(actions: readonly MacroAction[]): string | undefined {
  return actions.findLast(it => it.kind === 'status')?.value ?? undefined
}

/** A macro without text doesn't wait for a message: its actions run at once, are listed, and one undo reverts them. */
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
  const said = actions.map(it => actionWord(it, t, teams)).join(' · ')
  await changeAll(context, said, () => change, [ticket])
}
