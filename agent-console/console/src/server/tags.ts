import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { api } from '@/api'
import type { Page, TagUse, Ticket } from '@/api-types'
import { keys } from './keys'

export const tagsQuery = {
  queryKey: keys.tags,
  queryFn: ({ signal }: { signal?: AbortSignal }) => api.get<Page<TagUse>>('/tags', signal),
  staleTime: 60_000,
}

/** Fetches the tags in use before the user chooses one. */
export function loadTags(client: QueryClient): Promise<unknown> {
  return client.fetchQuery(tagsQuery).catch(() => undefined)
}

/** The tags in use, most used first: from the server, plus those that this console has seen since. */
export function knownTags(client: QueryClient): TagUse[] {
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
  for (const { name, tickets: used } of client.getQueryData<Page<TagUse>>(keys.tags)?.items ?? [])
    counts.set(name, Math.max(counts.get(name) ?? 0, used))
  return [...counts]
    .map(([name, used]) => ({ name, tickets: used }))
    .sort((a, b) => b.tickets - a.tickets || a.name.localeCompare(b.name))
}
