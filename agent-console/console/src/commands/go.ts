import type { ParseKeys } from 'i18next'
import type { IconName } from '@/ui/icons'
import type { Command } from './command'

function place(id: string, label: ParseKeys, icon: IconName, path: string, shortcut?: string): Command {
  return { id: `go-${id}`, label, icon, group: 'go', shortcut, enabled: () => true, run: ({ go }) => go(path) }
}

/** Every place that the keyboard reaches; the first ten are the views. */
export const places: readonly Command[] = [
  place('mine', 'view.mine', 'user', '/inbox/mine', 'g i'),
  place('unassigned', 'view.unassigned', 'userQuestion', '/inbox/unassigned', 'g u'),
  place('mentions', 'view.mentions', 'at', '/inbox/mentions', 'g m'),
  place('open', 'view.open', 'inbox', '/inbox/open', 'g o'),
  place('pending', 'view.pending', 'hourglass', '/inbox/pending', 'g p'),
  place('snoozed', 'view.snoozed', 'clock', '/inbox/snoozed', 'g z'),
  place('solved', 'view.solved', 'checkCircle', '/inbox/solved', 'g d'),
  place('all', 'view.all', 'layers', '/inbox/all', 'g a'),
  place('chats', 'view.chats', 'chat', '/inbox/chats', 'g l'),
  place('calls', 'view.calls', 'phone', '/inbox/calls', 'g v'),
  place('customers', 'nav.customers', 'users', '/customers', 'g c'),
  place('knowledge', 'nav.knowledge', 'book', '/knowledge', 'g h'),
  place('settings', 'nav.settings', 'settings', '/settings', 'g s'),
]
