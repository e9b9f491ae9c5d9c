import type { Command } from './command'

export const note: Command = {
  id: 'note',
  label: 'command.note',
  icon: 'note',
  group: 'write',
  shortcut: 'n',
  enabled: ({ ticket }) => ticket !== null,
  run: ({ bench }) => bench.compose(it => it.focus('note')),
}
