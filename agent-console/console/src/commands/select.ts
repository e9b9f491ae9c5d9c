import type { Command } from './command'

export const select: Command = {
  id: 'select',
  label: 'command.select',
  icon: 'checkCircle',
  group: 'list',
  shortcut: 'x',
  enabled: ({ ticket }) => ticket !== null,
  run: ({ ticket, bench }) => {
    if (ticket === null) return
    const chosen = new Set(bench.selected)
    if (!chosen.delete(ticket.id)) chosen.add(ticket.id)
    bench.select(chosen)
  },
}

export const unselect: Command = {
  id: 'unselect',
  label: 'command.unselect',
  icon: 'x',
  group: 'list',
  shortcut: 'escape',
  enabled: ({ bench }) => bench.selected.size > 0,
  run: ({ bench }) => bench.select([]),
}
