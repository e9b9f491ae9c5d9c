import { changeAll } from './change'
import type { Command } from './command'

export const solve: Command = {
  id: 'solve',
  label: 'command.solve',
  icon: 'check',
  group: 'ticket',
  shortcut: 'e',
  enabled: ({ tickets }) => tickets.some(it => it.status !== 'solved'),
  run: context =>
    changeAll(
      context,
      context.t('said.solved'),
      () => ({ status: 'solved' }),
      context.tickets.filter(it => it.status !== 'solved'),
    ),
}
