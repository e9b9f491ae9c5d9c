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
  let day = ''
  let newest = -Infinity
  for (const item of items) {
    if (item.kind === 'event' && told(item.event) === null) continue
    const itsDay = new Date(item.at).toDateString()
    // In the order of arrival: an item written earlier than what stands above it begins no day of its own.
    if (itsDay !== day && Date.parse(item.at) > newest) {
      day = itsDay
      out.push({ kind: 'day', key: `day-${itsDay}`, at: item.at })
    }
    newest = Math.max(newest, Date.parse(item.at))
    if (unreadFrom !== null && item.seq >= unreadFrom && !out.some(it => it.kind === 'unread')) {
      out.push({ kind: 'unread', key: 'unread' })
    }
    if (item.kind === 'event') {
      const last = out.at(-1)
      if (last?.kind === 'events') last.items.push(item)
      else out.push({ kind: 'events', key: `events-${item.id}`, items: [item] })
    } else {
      out.push({ kind: 'item', key: item.id, item, away: itsDay !== day })
    }
  }
  return out
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
