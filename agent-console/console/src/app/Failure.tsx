import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/ui/State'

export function Failure({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <main id="page">
      <h1 className="sr">{t('error.title')}</h1>
      <ErrorState error={error} retry={again} />
    </main>
  )
}
