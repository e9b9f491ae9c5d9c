import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { Page, Ticket, TimelineItem } from '@/api-types'
import { keys } from './keys'

type Pages<T> = InfiniteData<Page<T>, string | null>

/** Puts a fresher ticket wherever an older one is shown; an older version never replaces a newer one. */
export function putTicket(client: QueryClient, ticket: Ticket): void {
  overtake(client, keys.ticket(ticket.id))
  client.setQueryData<Ticket>(keys.ticket(ticket.id), old => newer(old, ticket))
  client.setQueriesData<Pages<Ticket>>({ queryKey: keys.ticketLists }, old => {
    if (old === undefined || !('pages' in old)) return old
    if (!old.pages.some(page => page.items.some(it => it.id === ticket.id))) return old
    return {
      ...old,
      pages: old.pages.map(page => ({
        ...page,
        items: page.items.map(it => (it.id === ticket.id ? newer(it, ticket) : it)),
      })),
    }
  })
}

/** An answer that is on its way may be older than what is put now, and would replace it: it is asked for again. */
function overtake(client: QueryClient, queryKey: readonly unknown[]): void {
  if (client.isFetching({ queryKey }) > 0) void client.invalidateQueries({ queryKey })
}

export function newer(old: Ticket | undefined, fresh: Ticket): Ticket {
  if (old === undefined || fresh.version > old.version) return fresh
  return fresh.version === old.version && fresh.lastSeq >= old.lastSeq ? fresh : old
}

export function findTicket(client: QueryClient, id: string): Ticket | undefined {
  const known = client.getQueryData<Ticket>(keys.ticket(id))
  if (known !== undefined) return known
  for (const [, data] of client.getQueriesData<Pages<Ticket>>({ queryKey: keys.ticketLists })) {
    for (const page of data?.pages ?? []) {
      const hit = page.items.find(it => it.id === id)
      if (hit !== undefined) return hit
    }
  }
  return undefined
}

/** Adds an item to its thread (pages are newest first) or replaces the one with the same id. */
export function putItem(client: QueryClient, item: TimelineItem): void {
  if (item.ticketId === null) return
  overtake(client, keys.timeline(item.ticketId))
  client.setQueryData<Pages<TimelineItem>>(keys.timeline(item.ticketId), old => withItem(old, item))
}

export function withItem(
  old: Pages<TimelineItem> | undefined,
  item: TimelineItem,
): Pages<TimelineItem> | undefined {
  const first = old?.pages[0]
  if (old === undefined || first === undefined) return old
  const known = old.pages.some(page => page.items.some(it => it.id === item.id))
  if (known) {
    return {
      ...old,
      pages: old.pages.map(page => ({
        ...page,
        items: page.items.map(it => (it.id === item.id ? { ...it, ...item } : it)),
      })),
    }
  }
  const items = [item, ...first.items].sort((a, b) => b.seq - a.seq)
  return { ...old, pages: [{ ...first, items }, ...old.pages.slice(1)] }
}
