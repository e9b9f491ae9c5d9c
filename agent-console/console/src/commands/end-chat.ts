import { putTicket } from '@/server/cache'
import { ticketApi } from '@/server/tickets'
import { attempt } from './change'
import type { Command } from './command'

export const endChat: Command = {
  id: 'end-chat',
  label: 'command.endChat',
  icon: 'chat',
  group: 'ticket',
  enabled: ({ ticket }) =>
    ticket?.channel === 'chat' && ticket.chatEndedAt === null && ticket.status !== 'solved',
  run: async context => {
    const { ticket, client, bench, t } = context
    if (ticket === null) return
    await attempt(context, async () => {
      putTicket(client, await ticketApi.endChat(ticket.id))
      bench.toast(t('said.chatEnded'))
    })
  },
}
