import type { QueryClient } from '@tanstack/react-query'
import type { Agent, Call, Page, Session, ViewCount } from '@/api-types'
import { putItem, putTicket } from '@/server/cache'
import { keys } from '@/server/keys'
import type { Change, Frame } from './frames'

/** Writes one change of the stream into the query cache. */
export function applyChange(client: QueryClient, change: Change): void {
  if (change.ticket !== undefined) putTicket(client, change.ticket)
  if (change.item !== undefined) putItem(client, change.item)
  if (change.agent !== undefined) putAgent(client, change.agent)
  if (change.call !== undefined) putCall(client, change.call)
  if (change.ticketId !== undefined) {
    if (change.ticket === undefined) void client.invalidateQueries({ queryKey: keys.ticket(change.ticketId) })
    if (change.type === 'message.status' && change.item !== undefined)
      void client.invalidateQueries({ queryKey: keys.delivery(change.item.id) })
    if (change.item === undefined) void client.invalidateQueries({ queryKey: keys.timeline(change.ticketId) })
    if (change.type === 'ticket.changed')
      void client.invalidateQueries({ queryKey: keys.routing(change.ticketId) })
  }
  if (change.customerId !== undefined) {
    void client.invalidateQueries({ queryKey: keys.customer(change.customerId) })
    void client.invalidateQueries({ queryKey: ['customer-timeline', change.customerId] })
  }
  if (change.type === 'article.changed') {
    void client.invalidateQueries({ queryKey: ['articles'] })
    void client.invalidateQueries({ queryKey: ['article'] })
  }
}

/** True when the change may move tickets between lists or change the counts. */
export function touchesLists(change: Change): boolean {
  return change.type.startsWith('ticket.') || change.type.startsWith('message.') || change.type === 'note.added'
}

export function applyHint(client: QueryClient, frame: Frame): void {
  if ('presence' in frame) client.setQueryData(keys.presence(frame.presence.ticketId), frame.presence.viewers)
  if ('views' in frame) client.setQueryData<Page<ViewCount>>(keys.views, { items: frame.views, next: null })
}

function putAgent(client: QueryClient, agent: Agent): void {
  client.setQueryData<Page<Agent>>(
    keys.agents,
    old =>
      old && {
        ...old,
        items: old.items.map(it => (it.id === agent.id ? { ...it, ...agent } : it)),
      },
  )
  client.setQueryData<Session>(keys.session, old =>
    old && old.agent.id === agent.id ? { ...old, agent: { ...old.agent, ...agent } } : old,
  )
}

function putCall(client: QueryClient, fresh: Call): void {
  client.setQueryData<Page<Call>>(keys.calls, old => {
    const others = (old?.items ?? []).filter(it => it.id !== fresh.id)
    return { next: null, ...old, items: fresh.state === 'ended' ? others : [...others, fresh] }
  })
}
