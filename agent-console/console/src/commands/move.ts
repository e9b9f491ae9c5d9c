import { neighbour } from './change'
import type { Command } from './command'

export const next: Command = {
  id: 'next',
  label: 'command.next',
  icon: 'chevronDown',
  group: 'list',
  shortcut: 'j',
  enabled: context => neighbour(context, 1) !== null,
  run: context => context.go(`/inbox/${context.view}/${neighbour(context, 1)}`),
}

export const previous: Command = {
  id: 'previous',
  label: 'command.previous',
  icon: 'chevronDown',
  group: 'list',
  shortcut: 'k',
  enabled: context => neighbour(context, -1) !== null,
  run: context => context.go(`/inbox/${context.view}/${neighbour(context, -1)}`),
}

export const back: Command = {
  id: 'back',
  label: 'command.back',
  icon: 'back',
  group: 'list',
  shortcut: 'u',
  enabled: ({ ticketId }) => ticketId !== null,
  run: ({ go, view }) => go(`/inbox/${view}`),
}
