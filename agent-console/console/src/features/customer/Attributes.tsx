import { useTranslation } from 'react-i18next'
import type { Customer } from '@/api-types'
import { languageName, timeIn } from '@/ui/time'
import css from './customer.module.css'

export function Attributes({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const localTime = customer.timezone === '' ? null : timeIn(customer.timezone)
  const own = Object.entries(customer.attributes).filter(([, value]) => value !== null && value !== '')
  const segments = customer.segments
  return (
    <section className={css.section}>
      <dl className={css.facts}>
        {customer.lifecycle && (
          <>
            <dt>{t('customer.lifecycle')}</dt>
            <dd>{t(`lifecycle.${customer.lifecycle as 'new'}`, { defaultValue: customer.lifecycle })}</dd>
          </>
        )}
        {localTime !== null && (
          <>
            <dt>{t('customer.localTime')}</dt>
            <dd className="num">{localTime}</dd>
          </>
        )}
        {customer.language && (
          <>
            <dt>{t('customer.language')}</dt>
            <dd>{languageName(customer.language)}</dd>
          </>
        )}
        {own.map(([name, value]) => (
          <div key={name} className={css.pair}>
            <dt>{t(`attribute.${name.toLowerCase() as 'city'}`, { defaultValue: name })}</dt>
            <dd>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
          </div>
        ))}
        {segments.length > 0 && (
          <>
            <dt>{t('customer.segments')}</dt>
            <dd className={css.row}>
              {segments.map(it => (
                <span key={it} className={css.chip}>
                  {it}
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
      {customer.notes && <p className={css.notes}>{customer.notes}</p>}
    </section>
  )
}
