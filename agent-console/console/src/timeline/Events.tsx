import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineItem } from '@/api-types'
import { useAgents, useTeams } from '@/server/people'
import { Icon } from '@/ui/icons'
import { timeOfDay } from '@/ui/time'
import { told } from './events'
import css from './timeline.module.css'

/** Quiet changes in one line; more than two fold into "4 changes". */
export function Events({ items }: { items: readonly TimelineItem[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(items.length <= 2)
  if (!open) {
    return (
      <button type="button" className={css.more} onClick={() => setOpen(true)} aria-expanded="false">
        <Icon name="dots" size={14} />
        {t('event.many', { count: items.length })}
      </button>
    )
  }
  return (
    <div className={css.events}>
      {items.map(item => (
        <EventLine key={item.id} item={item} />
      ))}
    </div>
  )
}

function EventLine({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const agents = useAgents().data ?? []
  const teams = useTeams().data ?? []
  const event = told(item.event)
  if (event === null) return null
  const who = item.actor.name || t(`actor.${item.actor.type}`)
  const known = agents.find(it => it.id === event.to)?.name ?? teams.find(it => it.id === event.to)?.name
  const to =
    event.name === 'status'
      ? t(`ticketStatus.${event.to as 'open'}`)
      : event.name === 'priority'
        ? t(`priority.${event.to as 'low'}`)
        : (known ?? event.to)
  // Customers set no status: it follows from a message or call.
  const name = event.name === 'status' && item.actor.type === 'customer' ? 'statusNow' : event.name
  const kind = String(item.event?.kind ?? '').replace(/[._-]/g, ' ')
  return (
    <div className={css.event}>
      <span>
        {t(`event.${name}`, { who, to: to === '' ? t('assign.nobody') : to, field: event.field, kind })}
      </span>
      <time dateTime={item.at}>{timeOfDay(item.at)}</time>
    </div>
  )
}
