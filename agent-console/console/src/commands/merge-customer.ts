import type { Command } from './command'

export const mergeCustomer: Command = {
  id: 'merge-customer',
  label: 'merging.command',
  icon: 'users',
  group: 'ticket',
  enabled: ({ customerId }) => customerId !== null,
  run: ({ bench, customerId }) => {
    if (customerId !== null) bench.open({ kind: 'mergeCustomer', customerId })
  },
}
