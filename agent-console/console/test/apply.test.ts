import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Agent, Call, Ticket, TimelineItem } from '@/api-types'
import { applyChange, applyHint, touchesLists } from '@/live/apply'
import { keys } from '@/server/keys'

const ticket = (rest: Partial<Ticket>) => ({ id: 't', version: 1, lastSeq: 1, ...rest }) as unknown as Ticket
const item = (rest: Partial<TimelineItem>) =>
  ({ id: 'm', seq: 1, ticketId: 't', text: '', ...rest }) as unknown as TimelineItem
const call = (rest: object) => ({ id: 'c', state: 'offered', ...rest }) as unknown as Call
const pages = (...items: unknown[]) => ({ pages: [{ items, next: null }], pageParams: [null] })

describe('a change of the stream', () => {
  let client: QueryClient
  beforeEach(() => {
    client = new QueryClient()
  })
  const stale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated
  const shown = <T>(key: readonly unknown[]) =>
    client.getQueryData<{ pages: { items: T[] }[] }>(key)?.pages[0]?.items ?? []

  it('puts a ticket everywhere it is shown, but never an older one over a newer', () => {
    const list = keys.ticketList('mine', {})
    client.setQueryData(list, pages(ticket({ version: 2, subject: 'now' }), ticket({ id: 'u' })))
    client.setQueryData(keys.ticket('t'), ticket({ version: 2, subject: 'now' }))
    applyChange(client, { seq: 5, type: 'ticket.changed', ticketId: 't', ticket: ticket({ subject: 'before' }) })
    expect(shown<Ticket>(list)[0]?.subject).toBe('now')
    const later = ticket({ version: 3, subject: 'later' })
    applyChange(client, { seq: 6, type: 'ticket.changed', ticketId: 't', ticket: later })
    expect(shown<Ticket>(list).map(it => it.subject)).toEqual(['later', undefined])
    expect(client.getQueryData<Ticket>(keys.ticket('t'))?.subject).toBe('later')
  })
  it('adds an item once, newest first, and replaces it by its id', () => {
    client.setQueryData(keys.timeline('t'), pages(item({ id: 'b', seq: 7 }), item({ id: 'a', seq: 3 })))
    const fresh = item({ id: 'c', seq: 5, text: 'in between' })
    for (let twice = 0; twice < 2; twice++)
      applyChange(client, { seq: 8, type: 'message.received', ticketId: 't', item: fresh })
    expect(shown<TimelineItem>(keys.timeline('t')).map(it => it.id)).toEqual(['b', 'c', 'a'])
    expect(stale(keys.timeline('t'))).toBe(false)
  })
  it('is not lost when an older answer is on its way', async () => {
    const answers: ((page: { items: TimelineItem[]; next: null }) => void)[] = []
    const observer = new InfiniteQueryObserver(client, {
      queryKey: keys.timeline('t'),
      queryFn: () => new Promise<{ items: TimelineItem[]; next: null }>(answer => answers.push(answer)),
      initialPageParam: null,
      getNextPageParam: () => null,
    })
    const stop = observer.subscribe(() => undefined)
    const old = [item({ id: 'a', seq: 3 })]
    const fresh = item({ id: 'b', seq: 4 })
    answers[0]?.({ items: old, next: null })
    await vi.waitFor(() => expect(shown(keys.timeline('t'))).toHaveLength(1))
    void client.invalidateQueries({ queryKey: keys.timeline('t') })
    await vi.waitFor(() => expect(answers).toHaveLength(2))
    applyChange(client, { seq: 4, type: 'message.received', ticketId: 't', item: fresh })
    await vi.waitFor(() => expect(answers).toHaveLength(3))
    answers[1]?.({ items: old, next: null })
    answers[2]?.({ items: [fresh, ...old], next: null })
    await vi.waitFor(() => expect(client.isFetching()).toBe(0))
    expect(shown<TimelineItem>(keys.timeline('t')).map(it => it.id)).toEqual(['b', 'a'])
    stop()
  })
  it('asks again for what it names but does not bring', () => {
    client.setQueryData(keys.ticket('t'), ticket({}))
    client.setQueryData(keys.timeline('t'), pages())
    client.setQueryData(keys.customer('k'), {})
    applyChange(client, { seq: 9, type: 'ticket.merged', ticketId: 't', customerId: 'k' })
    expect([stale(keys.ticket('t')), stale(keys.timeline('t')), stale(keys.customer('k'))]).toEqual([
      true,
      true,
      true,
    ])
  })
  it('shows a call until it has ended', () => {
    applyChange(client, { seq: 1, type: 'call.offered', call: call({}) })
    applyChange(client, { seq: 2, type: 'call.answered', call: call({ state: 'active' }) })
    expect(client.getQueryData<{ items: Call[] }>(keys.calls)?.items.map(it => it.state)).toEqual(['active'])
    applyChange(client, { seq: 3, type: 'call.ended', call: call({ state: 'ended' }) })
    expect(client.getQueryData<{ items: Call[] }>(keys.calls)?.items).toEqual([])
  })
  it('changes my own status, and nobody else by it', () => {
    const agent = (id: string, status: string) => ({ id, status }) as unknown as Agent
    client.setQueryData(keys.session, { agent: agent('me', 'away') })
    client.setQueryData(keys.agents, { items: [agent('me', 'away'), agent('you', 'away')] })
    applyChange(client, { seq: 1, type: 'agent.changed', agent: agent('me', 'available') })
    expect(client.getQueryData<{ agent: Agent }>(keys.session)?.agent.status).toBe('available')
    expect(client.getQueryData<{ items: Agent[] }>(keys.agents)?.items.map(it => it.status)).toEqual([
      'available',
      'away',
    ])
  })
  it('moves lists only when it is about a ticket', () => {
    expect(['ticket.changed', 'message.received', 'note.added'].every(type => touchesLists({ seq: 1, type }))).toBe(
      true,
    )
    expect(touchesLists({ seq: 1, type: 'agent.changed' })).toBe(false)
  })
  it('keeps the hints: who is there, and the counts', () => {
    const viewers = [{ id: 'a', name: 'Mei', state: 'viewing' as const }]
    applyHint(client, { presence: { ticketId: 't', viewers } })
    expect(client.getQueryData(keys.presence('t'))).toEqual(viewers)
    applyHint(client, { presence: { ticketId: 't', viewers: [] } })
    expect(client.getQueryData(keys.presence('t'))).toEqual([])
  })
})
