import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket, TimelineItem } from '@/api-types'
import { CommandButton } from '@/commands/CommandButton'
import { back } from '@/commands/move'
import { keys } from '@/server/keys'
import { useMe } from '@/server/people'
import { ticketApi, useCustomerWrites, useTicket, useTimeline, useViewers } from '@/server/tickets'
import { blocks, firstUnread, stillUnread } from '@/timeline/blocks'
import { Events } from '@/timeline/Events'
import { ItemView } from '@/timeline/ItemView'
import timelineCss from '@/timeline/timeline.module.css'
import { Icon } from '@/ui/icons'
import { ErrorState, Waiting } from '@/ui/State'
import { day } from '@/ui/time'
import { ItemMenu } from './ItemMenu'
import css from './thread.module.css'
import { ThreadHeader } from './ThreadHeader'
import { usePresence } from './usePresence'

interface ThreadProps {
  ticketId: string
  composer(ticket: Ticket): ReactNode
  onPanel(): void
}

export function Thread({ ticketId, composer, onPanel }: ThreadProps) {
  const { t } = useTranslation()
  const ticket = useTicket(ticketId)
  usePresence(ticketId)
  if (ticket.data === undefined) {
    return ticket.isError ? (
      <>
        <h1 className="sr">{t('error.missing')}</h1>
        <ErrorState error={ticket.error} retry={() => void ticket.refetch()}>
          <CommandButton command={back} labelled />
        </ErrorState>
      </>
    ) : (
      <Waiting lines={8} />
    )
  }
  return (
    <>
      <ThreadHeader ticket={ticket.data} onPanel={onPanel} />
      <Conversation key={ticketId} ticket={ticket.data} />
      <Typing ticketId={ticketId} customer={ticket.data.customer.name} />
      {composer(ticket.data)}
    </>
  )
}

/** Who is writing into this ticket now: the customer in their chat window, and colleagues. */
function Typing({ ticketId, customer }: { ticketId: string; customer: string | null }) {
  const { t } = useTranslation()
  const me = useMe()
  const customerWrites = useCustomerWrites(ticketId)
  const colleagues = useViewers(ticketId)
    .filter(it => it.state === 'typing' && it.id !== me.id)
    .map(it => it.name)
  const names = customerWrites ? [customer || t('customer.unnamed'), ...colleagues] : colleagues
  if (names.length === 0) return null
  return (
    <div className={css.typing} role="status">
      <i />
      <i />
      <i />
      {t('presence.typing', { name: names.join(', ') })}
    </div>
  )
}

function Conversation({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const timeline = useTimeline(ticket.id)
  const scroll = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const items = useMemo(
    () => timeline.data?.pages.flatMap(page => page.items).toReversed() ?? [],
    [timeline.data],
  )
  const wasUnread = useRef(ticket.unread)
  const [unreadFrom, setUnreadFrom] = useState<number | null>(null)
  const loaded = timeline.data !== undefined
  useEffect(() => {
    if (loaded && wasUnread.current) setUnreadFrom(firstUnread(items))
    // eslint-disable-next-line react-hooks/exhaustive-deps -- fixed when the thread opens
  }, [loaded])
  useMarkRead(ticket, items)
  useStickToEnd(scroll, content, items, atEnd)
  const arranged = useMemo(() => blocks(items, stillUnread(items, unreadFrom)), [items, unreadFrom])
  const onScroll = () => {
    const box = scroll.current
    if (box !== null) setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < 80)
  }
  if (timeline.isPending)
    return (
      <div className={css.scroll}>
        <Waiting lines={8} />
      </div>
    )
  if (timeline.isError)
    return (
      <div className={css.scroll}>
        <ErrorState error={timeline.error} retry={() => void timeline.refetch()} />
      </div>
    )
  return (
    <div className={css.holder}>
      <div
        className={css.scroll}
        ref={scroll}
        onScroll={onScroll}
        tabIndex={0}
        role="log"
        aria-label={t('thread.log')}
      >
        <div ref={content}>
          {timeline.hasNextPage && (
            <div className={css.earlier}>
              <Button
                variant="subtle"
                size="compact-sm"
                loading={timeline.isFetchingNextPage}
                onClick={() => void timeline.fetchNextPage()}
              >
                {t('thread.earlier')}
              </Button>
            </div>
          )}
          {arranged.map(block => {
            switch (block.kind) {
              case 'day':
                return (
                  <div key={block.key} className={timelineCss.day}>
                    {day(block.at)}
                  </div>
                )
              case 'unread':
                return (
                  <div key={block.key} className={timelineCss.unread}>
                    {t('thread.unread')}
                  </div>
                )
              case 'events':
                return <Events key={block.key} items={block.items} />
              case 'item':
                return (
                  <ItemView
                    key={block.key}
                    item={block.item}
                    away={block.away}
                    menu={<ItemMenu item={block.item} />}
                  />
                )
            }
          })}
        </div>
      </div>
      {!atEnd && (
        <Button
          className={css.latest}
          size="compact-sm"
          radius="xl"
          variant="default"
          leftSection={<Icon name="chevronDown" size={14} />}
          onClick={() => scroll.current?.scrollTo({ top: scroll.current.scrollHeight })}
        >
          {t('thread.latest')}
        </Button>
      )}
    </div>
  )
}

/** Tells the server what was read, while the page is really seen. */
function useMarkRead(ticket: Ticket, items: readonly TimelineItem[]): void {
  const client = useQueryClient()
  const last = items.at(-1)?.seq
  const { id, unread } = ticket
  useEffect(() => {
    if (last === undefined || !unread) return
    const send = () => {
      if (document.visibilityState !== 'visible') return
      // No entry of the journal tells of it: only this agent has read it.
      void ticketApi.read(id, last).then(
        () =>
          [keys.ticket(id), keys.ticketLists, keys.views].forEach(
            queryKey => void client.invalidateQueries({ queryKey }),
          ),
        () => undefined,
      )
    }
    send()
    document.addEventListener('visibilitychange', send)
    return () => document.removeEventListener('visibilitychange', send)
  }, [client, id, last, unread])
}

/** Stays at the newest item while the reader is there; keeps the place when earlier items are put above. */
function useStickToEnd(
  scroll: React.RefObject<HTMLDivElement | null>,
  content: React.RefObject<HTMLDivElement | null>,
  items: readonly TimelineItem[],
  atEnd: boolean,
): void {
  const before = useRef({ height: 0, first: '' })
  useLayoutEffect(() => {
    const box = scroll.current
    if (box === null) return
    const first = items[0]?.id ?? ''
    const grewAbove = before.current.first !== '' && before.current.first !== first
    if (grewAbove && !atEnd) box.scrollTop += box.scrollHeight - before.current.height
    else if (atEnd) box.scrollTop = box.scrollHeight
    before.current = { height: box.scrollHeight, first }
  }, [scroll, items, atEnd])
  useEffect(() => {
    const box = scroll.current
    if (box === null || content.current === null || !atEnd) return
    // The window or the composer changed, or a mail's frame has found its height.
    const watch = new ResizeObserver(() => {
      box.scrollTop = box.scrollHeight
    })
    watch.observe(box)
    watch.observe(content.current)
    return () => watch.disconnect()
  }, [scroll, content, atEnd, items.length])
}
