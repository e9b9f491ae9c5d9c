import { changeAll } from './change'
import type { Command } from './command'

export const pending: Command = {
  id: 'pending',
  label: 'command.pending',
  icon: 'hourglass',
  group: 'ticket',
  shortcut: 'w',
  enabled: ({ tickets }) => tickets.some(it => it.status === 'open' || it.status === 'snoozed'),
  run: context => changeAll(context, context.t('said.pending'), () => ({ status: 'pending' })),
}
