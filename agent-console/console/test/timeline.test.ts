import { describe, expect, it } from 'vitest'
import type { TimelineItem } from '@/api-types'
import { withItem } from '@/server/cache'
import { blocks, firstUnread, fold, stillUnread } from '@/timeline/blocks'
import { told } from '@/timeline/events'

const item = (seq: number, rest: Partial<TimelineItem> = {}): TimelineItem => ({
  seq,
  id: `i${seq}`,
  sentAt: null,
  auth: null,
  appointment: null,
  visit: null,
  at: '2026-03-04T10:00:00Z',
  channel: 'email',
  direction: 'inbound',
  kind: 'message',
  ticketId: 't',
  ticketNumber: 1001,
  actor: { type: 'customer', id: null, name: 'Mia' },
  text: '',
  visibleText: '',
  foldedText: '',
  signature: '',
  contentUrl: null,
  subject: '',
  from: '',
  to: [],
  cc: [],
  bcc: [],
  status: null,
  statusDetail: '',
  undoUntil: null,
  attachments: [],
  why: null,
  call: null,
  event: null,
  flags: [],
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
  it('begins no day again for a mail that was written earlier than it came', () => {
    const arranged = blocks([
      item(1, { at: '2026-03-06T10:00:00Z' }),
      item(2, { at: '2026-03-04T10:00:00Z' }),
      item(3, { at: '2026-03-06T10:05:00Z' }),
    ])
    expect(arranged.map(it => it.kind)).toEqual(['day', 'item', 'item', 'item'])
    expect(arranged.map(it => it.kind === 'item' && it.away)).toEqual([false, false, true, false])
  })
  it('forgets what was new once it is answered, and not when it is handed on', () => {
    const items = [item(1), item(2)]
    const forwarded = item(3, { direction: 'outbound', kind: 'forward' })
    expect(stillUnread(items, 2)).toBe(2)
    expect(stillUnread([...items, forwarded], 2)).toBe(2)
    expect(stillUnread([...items, forwarded, item(4, { direction: 'outbound' })], 2)).toBeNull()
    expect(firstUnread([item(1, { direction: 'outbound' }), item(2), forwarded])).toBe(2)
  })
  it('folds events next to each other into one block, and only those', () => {
    const arranged = blocks([item(1), event(2), event(3), item(4), event(5)])
    expect(arranged.filter(it => it.kind === 'events').map(it => it.items.length)).toEqual([2, 1])
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
    const data = { pages: [{ items: [item(3), item(1)], next: null }], pageParams: [null] }
    const once = withItem(data, item(2))
    expect(once?.pages[0]?.items.map(it => it.seq)).toEqual([3, 2, 1])
    expect(withItem(once, item(2, { text: 'new' }))?.pages[0]?.items.map(it => it.text)).toEqual([
      '',
      'new',
      '',
    ])
  })
})
