import type { Command } from './command'

export const merge: Command = {
  id: 'merge',
  label: 'command.merge',
  icon: 'merge',
  group: 'ticket',
  enabled: ({ ticket }) => ticket !== null,
  run: ({ bench }) => bench.open({ kind: 'merge' }),
}
