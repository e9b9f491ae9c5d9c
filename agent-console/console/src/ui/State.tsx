import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api'
import { Icon, type IconName } from './icons'
import css from './ui.module.css'

export function EmptyState({
  icon,
  title,
  text,
  children,
}: {
  icon: IconName
  title: string
  text?: string
  children?: ReactNode
}) {
  return (
    <div className={css.state}>
      <Icon name={icon} size={28} />
      <strong>{title}</strong>
      {text !== undefined && <p>{text}</p>}
      {children !== undefined && <div className={css.actions}>{children}</div>}
    </div>
  )
}

export function ErrorState({
  error,
  retry,
  children,
}: {
  error: unknown
  retry?: () => void
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const api = error instanceof ApiError ? error : null
  const missing = api?.status === 404 || api?.status === 403
  return (
    <div className={css.state} role="alert">
      <Icon name="alert" size={28} />
      <strong>{missing ? t('error.missing') : t('error.title')}</strong>
      <p>
        {api === null
          ? t('error.unknown')
          : api.status === 0
            ? t('error.offline')
            : missing
              ? t('error.missingText')
              : api.message}
      </p>
      <div className={css.actions}>
        {retry !== undefined && !missing && (
          <Button variant="default" onClick={retry}>
            {t('action.retry')}
          </Button>
        )}
        {children}
      </div>
    </div>
  )
}

/** Grey lines, shown only when the wait is long enough to be noticed. */
export function Waiting({ lines = 4, height = 14 }: { lines?: number; height?: number }) {
  const { t } = useTranslation()
  return (
    <div className={css.late} role="status" aria-label={t('common.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} m={14} w={line % 2 === 0 ? '70%' : '50%'} />
      ))}
    </div>
  )
}
