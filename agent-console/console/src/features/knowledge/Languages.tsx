import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Article } from '@/api-types'
import { useTranslations } from '@/server/lists'
import { Icon } from '@/ui/icons'
import css from './knowledge.module.css'

export const locales = ['en', 'zh-CN'] as const

interface LanguagesProps {
  article: Article
  /** Saves what is written; false where that failed. */
  onLeave(): Promise<boolean>
}

/** The languages of one article: one click opens a translation, or starts it. */
export function Languages({ article, onLeave }: LanguagesProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const translations = useTranslations(article.id).data ?? [article]
  const open = async (id: string | undefined, locale: string) => {
    if (!(await onLeave())) return
    await navigate({
      to: '/knowledge/$articleId',
      params: { articleId: id ?? 'new' },
      search: old => ({ ...old, ...(id === undefined ? { from: article.id, to: locale } : {}) }),
    })
  }
  return (
    <nav className={css.languages} aria-label={t('writing.languages')}>
      {locales.map(locale => {
        const it = translations.find(one => one.locale === locale)
        const name = t(`language.${locale}`)
        if (locale === article.locale) {
          return (
            <b key={locale} aria-current="page">
              {name}
            </b>
          )
        }
        return (
          <button
            key={locale}
            type="button"
            aria-label={
              it === undefined
                ? t('writing.translate', { language: name })
                : t('writing.openTranslation', { language: name, status: t(`article.${it.status}`) })
            }
            onClick={() => void open(it?.id, locale)}
          >
            {it === undefined && <Icon name="plus" size={13} />}
            {name} {it !== undefined && <em data-status={it.status}>{t(`article.${it.status}`)}</em>}
          </button>
        )
      })}
    </nav>
  )
}
