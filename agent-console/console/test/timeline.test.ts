import { describe, expect, it } from 'vitest'
import type { TimelineItem } from '@/api-types'
import { withItem } from '@/server/cache'
import { blocks, firstUnread, fold } from '@/timeline/blocks'
import { told } from '@/timeline/events'

const item = (seq: number, rest: Partial<TimelineItem> = {}): TimelineItem => ({
  seq,
  id: `i${seq}`,
  at: '2026-03-04T10:00:00Z',
  channel: 'email',
  direction: 'inbound',
  kind: 'message',
  ticketId: 't',
  actor: { type: 'customer' },
  ...rest,
})
const event = (seq: number, rest: Record<string, unknown> = {}) =>
  item(seq, {
    kind: 'event',
    direction: 'internal',
    channel: 'system',
    event: { kind: 'ticket.changed', field: 'priority', to: 'high', ...rest },
  })

describe('a thread', () => {
  it('puts one divider before each day', () => {
    const kinds = blocks([item(1), item(2), item(3, { at: '2026-03-06T10:00:00Z' })]).map(it => it.kind)
    expect(kinds).toEqual(['day', 'item', 'item', 'day', 'item'])
  })
  it('folds events next to each other into one block, and only those', () => {
    const arranged = blocks([item(1), event(2), event(3), item(4), event(5)])
    expect(
      arranged.filter(it => it.kind === 'events').map(it => (it.kind === 'events' ? it.items.length : 0)),
    ).toEqual([2, 1])
  })
  it('leaves out what a tick or another line says already', () => {
    const arranged = blocks([item(1), event(2, { kind: 'message.status' }), event(3, { field: 'assignee' })])
    expect(arranged.map(it => it.kind)).toEqual(['day', 'item'])
  })
  it('tells who got a ticket and how', () => {
    expect(told({ kind: 'ticket.assigned', agent: 'a1', by: 'routing' })).toEqual({
      name: 'routed',
      to: 'a1',
      field: '',
    })
    expect(told({ kind: 'ticket.assigned', agent: 'a1', by: 'hand' })?.name).toBe('assigned')
    expect(told({ kind: 'something.new' })?.name).toBe('other')
  })
  it('marks what is new once, before the first unread item', () => {
    const arranged = blocks([item(1), item(2), item(3)], 2).map(it => it.key)
    expect(arranged.slice(1)).toEqual(['i1', 'unread', 'i2', 'i3'])
  })
  it('takes the first customer message after our last answer as unread', () => {
    expect(firstUnread([item(1), item(2, { direction: 'outbound' }), event(3), item(4), item(5)])).toBe(4)
    expect(firstUnread([item(1), item(2, { direction: 'outbound' })])).toBeNull()
  })
  it('counts the folded lines of a mail', () => {
    expect(fold(item(1, { visibleText: 'Hello', foldedText: '> a\n> b\n' }))).toMatchObject({
      shown: 'Hello',
      foldedLines: 2,
    })
  })
  it('shows a mail that is all quotation instead of an empty card', () => {
    expect(fold(item(1, { visibleText: '', foldedText: '> a' }))).toMatchObject({
      shown: '> a',
      foldedLines: 0,
    })
  })
  it('adds a streamed item once and in order', () => {
    const data = { pages: [{ items: [item(3), item(1)] }], pageParams: [null] }
    const once = withItem(data, item(2))
    expect(once?.pages[0]?.items.map(it => it.seq)).toEqual([3, 2, 1])
    expect(withItem(once, item(2, { text: 'new' }))?.pages[0]?.items.map(it => it.text)).toEqual([
      undefined,
      'new',
      undefined,
    ])
  })
})
