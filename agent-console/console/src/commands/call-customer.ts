import type { Command } from './command'

export const callCustomer: Command = {
  id: 'call-customer',
  label: 'command.callCustomer',
  icon: 'phone',
  group: 'call',
  enabled: ({ ticket }) => ticket !== null,
  run: ({ bench, ticket }) => {
    if (ticket === null) return
    bench.open({ kind: 'outbound', channel: 'phone', customer: ticket.customer, ticketId: ticket.id })
  },
}
