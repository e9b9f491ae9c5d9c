import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/ui/State'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState icon="search" title={t('error.noPage')} text={t('error.noPageText')}>
      <Link to="/inbox/$view" params={{ view: 'mine' }}>
        {t('action.toInbox')}
      </Link>
    </EmptyState>
  )
}
