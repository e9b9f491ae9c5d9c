import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineItem } from '@/api-types'
import { useCustomerTimeline } from '@/server/people'
import { newestFirst } from '@/timeline/blocks'
import { Events } from '@/timeline/Events'
import { ItemView, Status } from '@/timeline/ItemView'
import timelineCss from '@/timeline/timeline.module.css'
import { callWords } from '@/ui/call-words'
import { channelIcon } from '@/ui/channel'
import { Icon } from '@/ui/icons'
import { EmptyState, ErrorState, Waiting } from '@/ui/State'
import { dateTime, day, timeOfDay } from '@/ui/time'
import css from './customer.module.css'

const channels = ['email', 'sms', 'chat', 'phone', 'form', 'system'] as const

/** Everything that ever passed between us, on every channel, newest first. */
export function CustomerTimeline({ customerId, compact = false }: { customerId: string; compact?: boolean }) {
  const { t } = useTranslation()
  const [channel, setChannel] = useState<string | null>(null)
  const [q, setQ] = useState('')
  const [asked] = useDebouncedValue(q, 200)
  const timeline = useCustomerTimeline(customerId, { channel: channel ?? undefined, q: asked || undefined })
  const items = useMemo(() => timeline.data?.pages.flatMap(page => page.items) ?? [], [timeline.data])
  return (
    <div className={css.timeline} data-compact={compact}>
      <div className={css.filters}>
        <TextInput
          size="xs"
          value={q}
          placeholder={t('filter.text')}
          aria-label={t('filter.text')}
          leftSection={<Icon name="search" size={14} />}
          onChange={event => setQ(event.currentTarget.value)}
        />
        <Select
          size="xs"
          value={channel}
          onChange={setChannel}
          clearable
          placeholder={t('filter.channel')}
          aria-label={t('filter.channel')}
          data={channels.map(it => ({ value: it, label: t(`channel.${it}`) }))}
        />
      </div>
      {timeline.isPending ? (
        <Waiting lines={6} />
      ) : timeline.isError ? (
        <ErrorState error={timeline.error} retry={() => void timeline.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState icon="search" title={t('list.noMatch')} />
      ) : (
        newestFirst(items).map(block => {
          switch (block.kind) {
            case 'day':
              return (
                <div key={block.key} className={timelineCss.day}>
                  {day(block.at)}
                </div>
              )
            case 'events':
              return <Events key={block.key} items={block.items} />
            case 'item':
              return compact ? (
                <Line key={block.key} item={block.item} away={block.away} />
              ) : (
                <ItemView
                  key={block.key}
                  item={block.item}
                  away={block.away}
                  menu={<TicketLink item={block.item} />}
                />
              )
            default:
              return null
          }
        })
      )}
      {timeline.hasNextPage && (
        <div className={css.center}>
          <Button
            variant="subtle"
            loading={timeline.isFetchingNextPage}
            onClick={() => void timeline.fetchNextPage()}
          >
            {t('thread.earlier')}
          </Button>
        </div>
      )}
    </div>
  )
}

function TicketLink({ item }: { item: TimelineItem }) {
  if (item.ticketNumber === null || item.ticketId === null) return null
  return (
    <Link
      className={css.ticketLink}
      to="/inbox/$view/$ticketId"
      params={{ view: 'all', ticketId: item.ticketId }}
    >
      #{item.ticketNumber}
    </Link>
  )
}

function Line({ item, away }: { item: TimelineItem; away: boolean }) {
  if (item.ticketId === null) {
    return (
      <div className={css.line} data-kind={item.kind}>
        <LineBody item={item} away={away} />
      </div>
    )
  }
  return (
    <Link
      className={css.line}
      data-kind={item.kind}
      to="/inbox/$view/$ticketId"
      params={{ view: 'all', ticketId: item.ticketId }}
      search={old => old}
    >
      <LineBody item={item} away={away} />
    </Link>
  )
}

function LineBody({ item, away }: { item: TimelineItem; away: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <Icon name={item.kind === 'note' ? 'lock' : channelIcon(item.channel)} />
      <span className={css.lineBody}>
        <span className={css.lineHead}>
          <b>{item.actor.name || item.from}</b>
          <Status item={item} />
          <time dateTime={item.at}>{away ? dateTime(item.at) : timeOfDay(item.at)}</time>
        </span>
        <span className={css.lineText} dir="auto">
          {callWords(item.visibleText || item.text || item.subject, t)}
        </span>
      </span>
    </>
  )
}
