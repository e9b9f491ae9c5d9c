import { useTranslation } from 'react-i18next'
import type { Draft } from '@/server/drafts'
import { Icon } from '@/ui/icons'
import css from './composer.module.css'

/** Attached files and running uploads. */
export function Files({
  draft,
  uploading,
  onRemove,
}: {
  draft: Draft
  uploading: number
  onRemove(id: string): void
}) {
  const { t } = useTranslation()
  if (draft.attachments.length === 0 && uploading === 0) return null
  return (
    <ul className={css.files}>
      {draft.attachments.map(it => (
        <li key={it.id}>
          <Icon name="clip" size={14} />
          <span>{it.name}</span>
          <button
            type="button"
            aria-label={t('composer.removeFile', { name: it.name })}
            onClick={() => onRemove(it.id)}
          >
            <Icon name="x" size={12} />
          </button>
        </li>
      ))}
      {uploading > 0 && <li role="status">{t('composer.uploading', { count: uploading })}</li>}
    </ul>
  )
}
