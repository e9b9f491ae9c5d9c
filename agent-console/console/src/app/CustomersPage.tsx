import '@/styles/mantine-more'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CustomerList } from '@/features/customer/CustomerList'
import { CustomerView } from '@/features/customer/CustomerView'
import { EmptyState } from '@/ui/State'
import css from './shell.module.css'

export function CustomersPage() {
  const { t } = useTranslation()
  const { customerId } = useParams({ strict: false })
  return (
    <div className={css.split} data-open={customerId !== undefined}>
      <section className={css.list} aria-label={t('nav.customers')}>
        <CustomerList customerId={customerId} />
      </section>
      <section className={css.page}>
        {customerId === undefined ? (
          <EmptyState icon="users" title={t('customer.pick')} text={t('customer.pickText')} />
        ) : (
          <CustomerView key={customerId} customerId={customerId} />
        )}
      </section>
    </div>
  )
}
