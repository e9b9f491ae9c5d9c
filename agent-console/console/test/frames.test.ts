import { describe, expect, it } from 'vitest'
import { backoffMillis, step, type Change } from '@/live/frames'

const change = (seq: number): Change => ({ seq, type: 'ticket.changed' })

describe('the stream', () => {
  it('refetches at the first greeting, since what was loaded before may be old', () => {
    expect(step({ last: null }, { since: 7 })).toEqual({ position: { last: 7 }, effect: 'refetch' })
  })
  it('goes on where it stopped without refetching', () => {
    expect(step({ last: 7 }, { since: 7 })).toEqual({ position: { last: 7 }, effect: 'ignore' })
  })
  it('refetches when the greeting starts behind a gap', () => {
    expect(step({ last: 7 }, { since: 9 })).toEqual({ position: { last: 9 }, effect: 'refetch' })
  })
  it('refetches when the server says reset, even at a known place', () => {
    expect(step({ last: 7 }, { since: 7, reset: true }).effect).toBe('refetch')
  })
  it('applies a change once', () => {
    const first = step({ last: 7 }, change(9))
    expect(first).toEqual({ position: { last: 9 }, effect: 'apply' })
    expect(step(first.position, change(9)).effect).toBe('ignore')
    expect(step(first.position, change(8)).effect).toBe('ignore')
  })
  it('keeps its place on hints and answers pings', () => {
    expect(step({ last: 7 }, { presence: { ticketId: 't', viewers: [] } })).toEqual({
      position: { last: 7 },
      effect: 'hint',
    })
    expect(step({ last: 7 }, { ping: true }).effect).toBe('pong')
  })
  it('waits longer after each failure, never beyond twenty seconds', () => {
    expect(backoffMillis(0, () => 0)).toBe(250)
    expect(backoffMillis(0, () => 1)).toBe(500)
    expect(backoffMillis(20, () => 1)).toBe(20_000)
    expect(backoffMillis(20, () => 0)).toBe(10_000)
  })
})
