import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import css from './composer.module.css'

/** The signature that will follow the reply, so that agents don't sign twice. */
export function Signature({ text }: { text: string }) {
  const { t } = useTranslation()
  if (text === '') return null
  return (
    <div className={css.signature} role="note" aria-label={t('desk.signature')}>
      <p dir="auto">{text}</p>
      <Link to="/settings/$page" params={{ page: 'profile' }}>
        {t('desk.edit')}
      </Link>
    </div>
  )
}
