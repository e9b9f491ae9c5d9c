import { describe, expect, it } from 'vitest'
import type { TimelineItem } from '@/api-types'
import { blocks, newestFirst, type Block } from '@/timeline/blocks'

const at = (seq: number, when: string): TimelineItem =>
  ({ seq, id: `i${seq}`, at: when, kind: 'message', direction: 'inbound', event: null }) as TimelineItem
const words = (arranged: readonly Block[]) =>
  arranged.map(it => (it.kind === 'day' ? it.at.slice(5, 10) : it.kind === 'item' ? it.item.seq : it.kind))

const three = [
  at(1, '2026-09-03T10:00:00Z'),
  at(2, '2026-09-03T11:00:00Z'),
  at(3, '2026-10-07T09:00:00Z'),
  at(4, '2026-11-29T12:00:00Z'),
]

describe('U5 day dividers', () => {
  it('stand above each day, newest first', () => {
    expect(words(newestFirst(three.toReversed()))).toEqual(['11-29', 4, '10-07', 3, '09-03', 2, 1])
  })
  it('are told once for a day that two pages share', () => {
    const [firstPage, secondPage] = [[three[3], three[2], three[1]], [three[0]]] as TimelineItem[][]
    const both = [...(firstPage ?? []), ...(secondPage ?? [])]
    expect(words(newestFirst(firstPage ?? []))).toEqual(['11-29', 4, '10-07', 3, '09-03', 2])
    expect(words(newestFirst(both))).toEqual(['11-29', 4, '10-07', 3, '09-03', 2, 1])
  })
  it('leave one late mail where it came, and say its day there', () => {
    const arranged = newestFirst([
      at(3, '2026-03-06T10:05:00Z'),
      at(2, '2026-03-04T10:00:00Z'),
      at(1, '2026-03-06T10:00:00Z'),
    ])
    expect(words(arranged)).toEqual(['03-06', 3, 2, 1])
    expect(arranged.filter(it => it.kind === 'item' && it.away)).toHaveLength(1)
  })
  it('put history that was brought in later under its own days', () => {
    const imported = [
      at(1, '2026-11-29T12:00:00Z'),
      at(2, '2026-09-03T10:00:00Z'),
      at(3, '2026-09-04T10:00:00Z'),
    ]
    expect(words(blocks(imported))).toEqual(['11-29', 1, '09-03', 2, '09-04', 3])
  })
  it('part events of different days', () => {
    const event = (seq: number, when: string): TimelineItem => ({
      ...at(seq, when),
      kind: 'event',
      event: { kind: 'ticket.changed', field: 'priority', to: 'high' },
    })
    const arranged = newestFirst([event(2, '2026-09-04T10:00:00Z'), event(1, '2026-09-03T10:00:00Z')])
    expect(arranged.map(it => it.kind)).toEqual(['day', 'events', 'day', 'events'])
  })
})
