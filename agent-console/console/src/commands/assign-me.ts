import { changeAll } from './change'
import type { Command } from './command'

export const assignMe: Command = {
  id: 'assign-me',
  label: 'command.assignMe',
  icon: 'user',
  group: 'ticket',
  shortcut: 'i',
  enabled: ({ tickets, me }) => tickets.some(it => it.assignee?.id !== me.id),
  run: context =>
    changeAll(context, context.t('said.assigned', { name: context.me.name }), () => ({
      assignee: context.me.id,
    })),
}
