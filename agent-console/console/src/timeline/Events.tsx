import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineItem } from '@/api-types'
import { Icon } from '@/ui/icons'
import { timeOfDay } from '@/ui/time'
import css from './timeline.module.css'

const named = [
  'assigned', 'unassigned', 'status', 'priority', 'tags', 'team', 'subject', 'snoozed', 'reopened', 'solved', 'created', 'merged',
  'unmerged', 'split', 'routed', 'offered', 'declined', 'timeout', 'chat-ended', 'opted-out', 'opted-in', 'identity', 'bounced', 'undone',
] as const

/** Quiet changes in one line; more than two fold into "4 changes". */
export function Events({ items }: { items: readonly TimelineItem[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(items.length <= 2)
  if (!open) {
    return (
      <button type="button" className={css.more} onClick={() => setOpen(true)} aria-expanded="false">
        <Icon name="dots" size={14} />{t('event.many', { count: items.length })}
      </button>
    )
  }
  return <div className={css.events}>{items.map(item => <EventLine key={item.id} item={item} />)}</div>
}

function EventLine({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const kind = named.find(it => it === item.event?.kind)
  const facts = Object.fromEntries(Object.entries(item.event ?? {}).map(([name, value]) => [name, word(value)]))
  const who = item.actor.name ?? t(`actor.${item.actor.type}`)
  const text = kind === undefined ? (item.text ?? item.event?.kind ?? '') : t(`event.${kind}`, { to: '', from: '', name: '', reason: '', ...facts, who })
  return (
    <div className={css.event}>
      <span>{kind === undefined ? <><b>{who}</b> {text}</> : text}</span>
      <time dateTime={item.at}>{timeOfDay(item.at)}</time>
    </div>
  )
}

function word(value: unknown): string {
  if (Array.isArray(value)) return value.map(word).join(', ')
  if (typeof value === 'object' && value !== null) return 'name' in value ? String(value.name) : ''
  return value === null || value === undefined ? '' : String(value)
}
