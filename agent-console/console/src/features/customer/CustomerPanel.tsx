import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCustomer, useCustomerTickets } from '@/server/people'
import { callWords } from '@/ui/call-words'
import { Avatar } from '@/ui/Avatar'
import { channelIcon } from '@/ui/channel'
import { Icon } from '@/ui/icons'
import { EmptyState, ErrorState, Waiting } from '@/ui/State'
import { span, useNow } from '@/ui/time'
import { Attributes } from './Attributes'
import css from './customer.module.css'
import { Identities } from './Identities'
import { Suggestions } from './Suggestions'

/** Beside the thread: who this is, what the ticket says, what happened before. */
export function CustomerPanel({
  customerId,
  currentTicket,
  children,
}: {
  customerId: string | null
  currentTicket: string
  children: ReactNode
}) {
  const { t } = useTranslation()
  const customer = useCustomer(customerId)
  if (customerId === null) {
    return (
      <div className={css.panel}>
        <EmptyState icon="user" title={t('customer.none')} />
        <section className={css.section}>{children}</section>
      </div>
    )
  }
  if (customer.isPending) return <Waiting lines={7} />
  if (customer.isError) return <ErrorState error={customer.error} retry={() => void customer.refetch()} />
  const { data } = customer
  return (
    <div className={css.panel}>
      <div className={css.who}>
        <Avatar name={data.name || data.identities[0]?.value} size={44} />
        <div>
          <Link to="/customers/$customerId" params={{ customerId }} className={css.name}>
            {data.name || t('customer.unnamed')}
          </Link>
          {data.company !== '' && <span>{data.company}</span>}
        </div>
      </div>
      <Suggestions customer={data} />
      <Identities customer={data} />
      <Attributes customer={data} />
      <section className={css.section}>
        <h2>{t('panel.ticket')}</h2>
        {children}
      </section>
      <Earlier customerId={customerId} currentTicket={currentTicket} />
    </div>
  )
}

export function Earlier({ customerId, currentTicket }: { customerId: string; currentTicket?: string }) {
  const { t } = useTranslation()
  const now = useNow(60)
  const hidden = useCustomer(customerId).data?.otherOpenTickets ?? 0
  const tickets = (useCustomerTickets(customerId).data ?? []).filter(it => it.id !== currentTicket).slice(0, 8)
  return (
    <section className={css.section}>
      <h2>{t('customer.earlier')}</h2>
      {tickets.length === 0 && <p className={css.quiet}>{t('customer.noEarlier')}</p>}
      <div className={css.earlier}>
        {tickets.map(ticket => (
          <Link key={ticket.id} to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: ticket.id }}>
            <Icon name={channelIcon(ticket.channel)} />
            <span>{callWords(ticket.subject, t) || t('ticket.noSubject')}</span>
            {ticket.status !== 'solved' && <em>{t(`ticketStatus.${ticket.status}`)}</em>}
            <time className="num">{span(now - Date.parse(ticket.updatedAt))}</time>
          </Link>
        ))}
      </div>
      {hidden > 0 && <p className={css.quiet}>{t('customer.otherTeams', { count: hidden })}</p>}
    </section>
  )
}
