import type { Agent, Call, Ticket, TimelineItem, ViewCount, Viewer } from '@/api-types'

/** What the stream sends. A frame with `seq` is a change; the others are hints or greetings. */
export interface Change {
  seq: number
  type: string
  ticketId?: string
  customerId?: string
  ticket?: Ticket
  item?: TimelineItem
  call?: Call
  agent?: Agent
}
export type Frame =
  | Change
  | { since: number; reset?: boolean }
  | { presence: { ticketId: string; viewers: Viewer[] } }
  | { views: ViewCount[] }
  | { ping: true }

/** Where this console stands: the last change it has seen, null before the first greeting. */
export interface Position {
  last: number | null
}
export type Effect = 'apply' | 'refetch' | 'ignore' | 'hint' | 'pong'

/**
 * One step of the stream. A change that was seen already is ignored. A greeting that does not continue where we
 * stopped (the server restarted us elsewhere, or says `reset`) means that changes were missed: refetch everything.
 * The first greeting refetches too, since what was loaded before it may have changed in between.
 */
export function step(position: Position, frame: Frame): { position: Position; effect: Effect } {
  if ('ping' in frame) return { position, effect: 'pong' }
  if ('since' in frame) {
    const continues = frame.reset !== true && position.last !== null && frame.since <= position.last
    return continues ? { position, effect: 'ignore' } : { position: { last: frame.since }, effect: 'refetch' }
  }
  if ('seq' in frame) {
    if (position.last !== null && frame.seq <= position.last) return { position, effect: 'ignore' }
    return { position: { last: frame.seq }, effect: 'apply' }
  }
  return { position, effect: 'hint' }
}

/** How long to wait before the n-th attempt: doubling from half a second to 20 s, jitter on the upper half. */
export function backoffMillis(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(20_000, 500 * 2 ** attempt)
  return Math.round(ceiling / 2 + (random() * ceiling) / 2)
}
