import type { Command } from './command'

export const newTicket: Command = {
  id: 'new-ticket',
  label: 'command.newTicket',
  icon: 'plus',
  group: 'write',
  shortcut: 'c',
  enabled: () => true,
  run: ({ bench }) => bench.open({ kind: 'outbound' }),
}
