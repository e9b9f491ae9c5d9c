import { neighbour } from './change'
import type { Command } from './command'
import { solve } from './solve'

export const solveNext: Command = {
  id: 'solve-next',
  label: 'command.solveNext',
  icon: 'checkDouble',
  group: 'ticket',
  shortcut: 'shift+e',
  enabled: context => context.ticket !== null && solve.enabled(context),
  run: context => {
    const next = neighbour(context, 1)
    void solve.run(context)
    context.go(`/inbox/${context.view}${next === null ? '' : `/${next}`}`)
  },
}
