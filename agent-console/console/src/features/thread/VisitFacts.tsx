import { useTranslation } from 'react-i18next'
import { useTimeline } from '@/server/tickets'
import { countryName, languageName, timeIn, useNow } from '@/ui/time'
import css from './thread.module.css'

/** Where the visitor wrote last: the page, and the place as far as the browser tells it. */
export function VisitFacts({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation()
  const items = useTimeline(ticketId).data?.pages.flatMap(page => page.items) ?? []
  const visit = items.find(it => it.visit !== null)?.visit ?? null
  useNow(30)
  if (visit === null) return null
  const place = [visit.country && countryName(visit.country), visit.zone && timeIn(visit.zone)]
  return (
    <>
      {visit.page !== '' && (
        <>
          <dt>{t('visit.page')}</dt>
          <dd>
            <a className={css.page} href={visit.page} target="_blank" rel="noopener noreferrer" title={visit.page}>
              <bdi>{visit.title || visit.page}</bdi>
            </a>
            {visit.title !== '' && <small className={css.address}>{visit.page.replace(/^https?:\/\//, '')}</small>}
          </dd>
        </>
      )}
      {visit.zone !== '' && (
        <>
          <dt>{t('visit.place')}</dt>
          <dd>
            <span className={css.fixed} title={visit.zone}>
              {place.filter(Boolean).join(' · ')}
            </span>
          </dd>
        </>
      )}
      {visit.language !== '' && (
        <>
          <dt>{t('visit.browser')}</dt>
          <dd>
            <span className={css.fixed}>{languageName(visit.language)}</span>
          </dd>
        </>
      )}
    </>
  )
}
