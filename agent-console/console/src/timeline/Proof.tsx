import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TimelineItem } from '@/api-types'
import { Icon } from '@/ui/icons'
import css from './timeline.module.css'

/** Says that a mail named another ticket but couldn't join it, and links to that ticket. */
export function Kept({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const named = item.why?.named
  if (named === undefined || named === null || item.auth === null) return null
  return (
    <div className={css.trouble} role="note">
      <Icon name="alert" size={14} />
      <span>{t('proof.named', { number: named.ticketNumber })}</span>
      <Link to="/tickets/$id" params={{ id: named.ticketId }}>
        {t('proof.openNamed', { number: named.ticketNumber })}
      </Link>
    </div>
  )
}

/** States whether the sender is proven, with the result of the check. */
export function Proof({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  if (item.auth === null) return null
  return (
    <>
      <dt>{t('proof.sender')}</dt>
      <dd>
        {t(`proof.${item.auth.verdict}`)}
        {item.auth.detail !== '' && <small> ({item.auth.detail})</small>}
      </dd>
    </>
  )
}
