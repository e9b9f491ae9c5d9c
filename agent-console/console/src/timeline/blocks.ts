import type { TimelineItem } from '@/api-types'
import { told } from './events'

/** What a thread shows, top to bottom: days, runs of quiet events, single items. */
export type Block =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'events'; key: string; items: TimelineItem[] }
  | { kind: 'item'; key: string; item: TimelineItem }

/** Arranges items, oldest first. Events in a row become one block; `unreadFrom` is the first unread sequence. */
export function blocks(items: readonly TimelineItem[], unreadFrom: number | null = null): Block[] {
  const out: Block[] = []
  let day = ''
  for (const item of items) {
    if (item.kind === 'event' && told(item.event) === null) continue
    const itsDay = new Date(item.at).toDateString()
    if (itsDay !== day) {
      day = itsDay
      out.push({ kind: 'day', key: `day-${itsDay}`, at: item.at })
    }
    if (unreadFrom !== null && item.seq >= unreadFrom && !out.some(it => it.kind === 'unread')) {
      out.push({ kind: 'unread', key: 'unread' })
    }
    if (item.kind === 'event') {
      const last = out.at(-1)
      if (last?.kind === 'events') last.items.push(item)
      else out.push({ kind: 'events', key: `events-${item.id}`, items: [item] })
    } else {
      out.push({ kind: 'item', key: item.id, item })
    }
  }
  return out
}

/** The first customer item after the last thing that we wrote; null when there is none. */
export function firstUnread(items: readonly TimelineItem[]): number | null {
  const lastOurs = items.findLastIndex(it => it.direction === 'outbound')
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
  const shown = item.visibleText ?? item.text ?? ''
  const folded = (item.foldedText ?? '').trim()
  const signature = (item.signature ?? '').trim()
  if (shown.trim() === '' && folded !== '') return { shown: folded, folded: '', foldedLines: 0, signature }
  return { shown: shown.trim(), folded, foldedLines: folded === '' ? 0 : folded.split('\n').length, signature }
}
