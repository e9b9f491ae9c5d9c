import { changeAll } from './change'
import type { Command } from './command'

export const reopen: Command = {
  id: 'reopen',
  label: 'command.reopen',
  icon: 'undo',
  group: 'ticket',
  shortcut: 'e',
  enabled: ({ tickets }) => tickets.length > 0 && tickets.every(it => it.status === 'solved'),
  run: context => changeAll(context, context.t('said.reopened'), () => ({ status: 'open' })),
}
