import type { Command } from './command'

export const copyLink: Command = {
  id: 'copy-link',
  label: 'command.copyLink',
  icon: 'link',
  group: 'ticket',
  shortcut: '.',
  enabled: ({ ticket }) => ticket !== null,
  run: async ({ ticket, bench, t }) => {
    if (ticket === null) return
    await navigator.clipboard.writeText(`${location.origin}/console/tickets/${ticket.id}`)
    bench.toast(t('said.copied'))
  },
}
