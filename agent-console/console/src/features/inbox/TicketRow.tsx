import { Checkbox } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '@/api-types'
import { hasDraft } from '@/server/drafts'
import { useMe } from '@/server/people'
import { ticketQuery, timelineQuery, useViewers } from '@/server/tickets'
import { callWords } from '@/ui/call-words'
import { Avatar } from '@/ui/Avatar'
import { channelIcon, channelLabel } from '@/ui/channel'
import { Icon } from '@/ui/icons'
import { span, useNow } from '@/ui/time'
import css from './inbox.module.css'
import { runningSla, urgency } from './urgency'

interface RowProps {
  ticket: Ticket
  view: string
  open: boolean
  ticked: boolean
  onTick(range: boolean): void
}

export const TicketRow = memo(function TicketRow({ ticket, view, open, ticked, onTick }: RowProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const me = useMe()
  const viewers = useViewers(ticket.id).filter(it => it.id !== me.id)
  const now = useNow(15)
  const last = ticket.lastMessage
  const name = ticket.customer.name || t('customer.unnamed')
  const warm = () => {
    void client.prefetchQuery(ticketQuery(client, ticket.id))
    void client.prefetchInfiniteQuery(timelineQuery(ticket.id))
  }
  return (
    <div
      className={css.row}
      data-open={open}
      data-unread={ticket.unread}
      data-ticked={ticked}
      onPointerEnter={warm}
    >
      <Link
        className={css.link}
        to="/inbox/$view/$ticketId"
        params={{ view, ticketId: ticket.id }}
        search={old => old}
        aria-current={open ? 'true' : undefined}
        draggable={false}
      >
        <span className={css.line}>
          {ticket.unread && (
            <>
              <span className={css.dot} />
              <span className="sr">{t('list.unread')}</span>
            </>
          )}
          <Icon
            name={channelIcon(ticket.channel)}
            aria-label={t(channelLabel(ticket.channel))}
            className={css.channel}
          />
          <span className={css.name} dir="auto">
            {name}
            {ticket.customer.company && <small> · {ticket.customer.company}</small>}
          </span>
          {viewers.map(it => (
            <span key={it.id} className={css.viewer} data-typing={it.state === 'typing'}>
              <Avatar
                name={it.name}
                size={18}
                title={t(it.state === 'typing' ? 'presence.typing' : 'presence.viewing', { name: it.name })}
              />
            </span>
          ))}
          <time className={css.time} dateTime={last.at}>
            {span(now - Date.parse(last.at))}
          </time>
        </span>
        <span className={css.line}>
          <span className={css.subject} dir="auto">
            {callWords(ticket.subject, t) || t('ticket.noSubject')}
          </span>
          {(ticket.priority === 'urgent' || ticket.priority === 'high') && (
            <Icon
              name="flag"
              size={14}
              className={css.flag}
              data-priority={ticket.priority}
              aria-label={t(`priority.${ticket.priority}`)}
            />
          )}
        </span>
        <span className={css.line}>
          <span className={css.preview}>
            {hasDraft(ticket.id) && <em className={css.draft}>{t('list.draft')} </em>}
            {last.direction === 'outbound' && <Icon name="reply" size={12} aria-label={t('list.answered')} />}
            {last.direction === 'internal' && <Icon name="lock" size={12} />}
            <bdi>{callWords(last.preview, t) || `#${ticket.number}`}</bdi>
          </span>
          {ticket.tags.slice(0, 2).map(tag => (
            <span key={tag} className={css.tag}>
              {tag}
            </span>
          ))}
          {ticket.tags.length > 2 && <span className={css.tag}>+{ticket.tags.length - 2}</span>}
          <Badges ticket={ticket} now={now} />
          {ticket.assignee !== null && view !== 'mine' && (
            <Avatar name={ticket.assignee.name} size={18} title={ticket.assignee.name} />
          )}
        </span>
      </Link>
      <Checkbox
        className={css.tick}
        tabIndex={-1}
        size="xs"
        checked={ticked}
        aria-label={t('list.select', { number: ticket.number })}
        onChange={() => undefined}
        onClick={event => onTick(event.shiftKey)}
      />
    </div>
  )
})

function Badges({ ticket, now }: { ticket: Ticket; now: number }) {
  const { t } = useTranslation()
  const sla = runningSla(ticket.sla)
  const due = sla?.dueAt ? Date.parse(sla.dueAt) - now : null
  return (
    <>
      {due !== null && (
        <span
          className={css.badge}
          data-urgency={due < 0 ? 'late' : due < 30 * 60_000 ? 'soon' : 'calm'}
          title={sla?.name || t('list.sla')}
        >
          {t('list.sla')} {due < 0 ? '−' : ''}
          {span(Math.abs(due))}
        </span>
      )}
      {ticket.waitingSince !== null && ticket.status !== 'solved' && (
        <span
          className={css.badge}
          data-urgency={urgency(ticket.channel, now - Date.parse(ticket.waitingSince))}
          title={t('list.waiting')}
        >
          <Icon name="clock" size={11} />
          {span(now - Date.parse(ticket.waitingSince))}
        </span>
      )}
    </>
  )
}
