import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { Page, Ticket } from '@/api-types'
import { keys } from './keys'

/** The tags on the tickets that this console has seen, most used first. */
export function knownTags(client: QueryClient): string[] {
  const counts = new Map<string, number>()
  const tickets = new Map<string, Ticket>()
  for (const [, data] of client.getQueriesData<InfiniteData<Page<Ticket>>>({ queryKey: keys.ticketLists })) {
    for (const page of data?.pages ?? []) for (const ticket of page.items) tickets.set(ticket.id, ticket)
  }
  for (const [, ticket] of client.getQueriesData<Ticket>({ queryKey: ['ticket'] })) {
    if (ticket !== undefined) tickets.set(ticket.id, ticket)
  }
  for (const ticket of tickets.values())
    for (const tag of ticket.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([tag]) => tag)
}
