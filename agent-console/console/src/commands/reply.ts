import type { Command } from './command'

export const reply: Command = {
  id: 'reply',
  label: 'command.reply',
  icon: 'reply',
  group: 'write',
  shortcut: 'r',
  enabled: ({ ticket }) => ticket !== null,
  run: ({ bench }) => bench.compose(it => it.focus('reply')),
}
