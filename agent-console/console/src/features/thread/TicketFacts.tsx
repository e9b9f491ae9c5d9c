import { useTranslation } from 'react-i18next'
import type { Ticket } from '@/api-types'
import { assign } from '@/commands/assign'
import { CommandButton } from '@/commands/CommandButton'
import { priority } from '@/commands/priority'
import { tags } from '@/commands/tags'
import { team } from '@/commands/team'
import { Avatar } from '@/ui/Avatar'
import { Icon } from '@/ui/icons'
import { dateTime } from '@/ui/time'
import css from './thread.module.css'
import { VisitFacts } from './VisitFacts'

/** The ticket's own facts; each one is the button of the command that changes it. */
export function TicketFacts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  return (
    <dl className={css.facts}>
      <dt>{t('ticket.status')}</dt>
      <dd>
        <span className={css.state} data-status={ticket.status}>
          {t(`ticketStatus.${ticket.status}`)}
        </span>
        {ticket.status === 'snoozed' && ticket.snoozedUntil && (
          <small>{t('ticket.until', { at: dateTime(ticket.snoozedUntil) })}</small>
        )}
      </dd>
      <dt>{t('ticket.assignee')}</dt>
      <dd>
        <CommandButton command={assign}>
          <span className={css.value}>
            {ticket.assignee === null ? (
              <span className={css.none}>{t('assign.nobody')}</span>
            ) : (
              <>
                <Avatar name={ticket.assignee.name} size={18} />
                {ticket.assignee.name}
              </>
            )}
          </span>
        </CommandButton>
      </dd>
      <dt>{t('ticket.team')}</dt>
      <dd>
        <CommandButton command={team}>
          <span className={css.value}>{ticket.team?.name ?? <span className={css.none}>—</span>}</span>
        </CommandButton>
      </dd>
      <dt>{t('ticket.priority')}</dt>
      <dd>
        <CommandButton command={priority}>
          <span className={css.value} data-priority={ticket.priority}>
            {ticket.priority !== 'normal' && <Icon name="flag" size={14} />}
            {t(`priority.${ticket.priority}`)}
          </span>
        </CommandButton>
      </dd>
      <dt>{t('ticket.tags')}</dt>
      <dd>
        <CommandButton command={tags}>
          <span className={css.value}>
            {ticket.tags.length === 0 ? (
              <span className={css.none}>{t('tags.add')}</span>
            ) : (
              ticket.tags.map(tag => (
                <span key={tag} className={css.tag}>
                  {tag}
                </span>
              ))
            )}
          </span>
        </CommandButton>
      </dd>
      <dt>{t('ticket.created')}</dt>
      <dd>
        <span className={css.fixed}>{dateTime(ticket.createdAt)}</span>
      </dd>
      <VisitFacts ticketId={ticket.id} />
    </dl>
  )
}
