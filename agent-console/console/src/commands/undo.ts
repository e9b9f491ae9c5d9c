import { attempt } from './change'
import type { Command } from './command'

export const undo: Command = {
  id: 'undo',
  label: 'command.undo',
  icon: 'undo',
  group: 'app',
  shortcut: 'mod+z',
  enabled: ({ bench }) => bench.toasts.some(it => it.undo !== undefined),
  run: async context => {
    const last = context.bench.toasts.findLast(it => it.undo !== undefined)
    if (last?.undo === undefined) return
    context.bench.dismiss(last.id)
    await attempt(context, async () => last.undo?.())
  },
}
