import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/ui/State'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <>
      <h1 className="sr">{t('error.noPage')}</h1>
      <EmptyState icon="search" title={t('error.noPage')} text={t('error.noPageText')}>
        <Link to="/inbox/$view" params={{ view: 'mine' }}>
          {t('action.toInbox')}
        </Link>
      </EmptyState>
    </>
  )
}

/** Where nothing stands around it. */
export function NoSuchPage() {
  return (
    <main id="page">
      <NotFound />
    </main>
  )
}
