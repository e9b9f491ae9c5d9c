import type { TimelineItem } from '@/api-types'
import { told } from './events'

/** What a thread shows, top to bottom: days, runs of quiet events, single items. */
export type Block =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'events'; key: string; items: TimelineItem[] }
  /** `away` when its own day is not the one that it stands under: it came later than it was written. */
  | { kind: 'item'; key: string; item: TimelineItem; away: boolean }

/** Arranges items, oldest first. Events in a row become one block; `unreadFrom` is the first unread sequence. */
export function blocks(items: readonly TimelineItem[], unreadFrom: number | null = null): Block[] {
  const out: Block[] = []
  const seen = items.filter(it => it.kind !== 'event' || told(it.event) !== null)
  let day = ''
  let newest = -Infinity
  seen.forEach((item, at) => {
    const itsDay = dayOf(item)
    const late = Date.parse(item.at) <= newest
    if (itsDay !== day && (!late || comesWithMore(seen, at, day))) {
      day = itsDay
      newest = -Infinity
      out.push({ kind: 'day', key: `day-${itsDay}-${item.seq}`, at: item.at })
    }
    newest = Math.max(newest, Date.parse(item.at))
    if (unreadFrom !== null && item.seq >= unreadFrom && !out.some(it => it.kind === 'unread')) {
      out.push({ kind: 'unread', key: 'unread' })
    }
    if (item.kind === 'event') {
      const last = out.at(-1)
      if (last?.kind === 'events' && dayOf(last.items[0] ?? item) === itsDay) last.items.push(item)
      else out.push({ kind: 'events', key: `events-${item.id}`, items: [item] })
    } else {
      out.push({ kind: 'item', key: item.id, item, away: itsDay !== day })
    }
  })
  return out
}

function dayOf(item: TimelineItem): string {
  return new Date(item.at).toDateString()
}

/**
 * A single late mail keeps its place by arrival and shows its own date. Imported history arrives in bulk and is grouped
 * under its own dates.
 */
function comesWithMore(items: readonly TimelineItem[], at: number, day: string): boolean {
  const next = items[at + 1]
  return (
    next !== undefined && dayOf(next) !== day && Date.parse(next.at) < Date.parse(items[at - 1]?.at ?? next.at)
  )
}

/** The same, newest first: each date stands above its messages. */
export function newestFirst(items: readonly TimelineItem[]): Block[] {
  const days: Block[][] = []
  for (const block of blocks(items.toReversed())) {
    if (block.kind === 'day' || days.length === 0) days.push([])
    days.at(-1)?.push(block.kind === 'events' ? { ...block, items: block.items.toReversed() } : block)
  }
  return days
    .reverse()
    .flatMap(([day, ...rest]) => (day?.kind === 'day' ? [day, ...rest.reverse()] : [...rest.reverse()]))
}

/** True for what the customer was told; a message that was handed on to somebody else is no answer. */
function answers(item: TimelineItem): boolean {
  return item.direction === 'outbound' && item.kind !== 'forward'
}

/** The place of the marker while it says something: gone as soon as what was new has been answered. */
export function stillUnread(items: readonly TimelineItem[], unreadFrom: number | null): number | null {
  return unreadFrom === null || items.some(it => it.seq > unreadFrom && answers(it)) ? null : unreadFrom
}

/** The first customer item after the last thing that we wrote; null when there is none. */
export function firstUnread(items: readonly TimelineItem[]): number | null {
  const lastOurs = items.findLastIndex(answers)
  return items.slice(lastOurs + 1).find(it => it.direction === 'inbound' && it.kind !== 'event')?.seq ?? null
}

export interface Folded {
  shown: string
  folded: string
  foldedLines: number
  signature: string
}

/** What is read at once and what is folded away: quotes and signature of a mail; nothing of anything else. */
export function fold(item: TimelineItem): Folded {
  const shown = (item.visibleText || (item.foldedText === '' ? item.text : '')).trim()
  const folded = item.foldedText.trim()
  const signature = item.signature.trim()
  if (shown === '' && folded !== '') return { shown: folded, folded: '', foldedLines: 0, signature }
  return { shown, folded, foldedLines: folded === '' ? 0 : folded.split('\n').length, signature }
}
