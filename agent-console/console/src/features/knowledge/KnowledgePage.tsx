import '@/styles/mantine-more'
import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from '@/i18n'
import { categoryName, ownLanguageFirst, useArticles, useCategories } from '@/server/lists'
import { Icon } from '@/ui/icons'
import { EmptyState, ErrorState, Waiting } from '@/ui/State'
import { languageName } from '@/ui/time'
import { ArticleEditor } from './ArticleEditor'
import { Categories } from './Categories'
import css from './knowledge.module.css'

export const statuses = ['draft', 'published', 'archived'] as const

/** Without what only a new translation has in its address. */
const unpaired = <S extends object>(old: S) => ({ ...old, from: undefined, to: undefined })

export function KnowledgePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { articleId } = useParams({ strict: false })
  const filters = useSearch({ from: '/inside/knowledge' })
  const { locale, status, from, to } = filters
  const [text, setText] = useState(filters.q ?? '')
  const [asked] = useDebouncedValue(text, 150)
  const articles = useArticles({ locale, status, q: asked || undefined })
  const categories = useCategories().data ?? []
  const [shelves, setShelves] = useState(false)
  const set = (change: Partial<typeof filters>) =>
    void navigate({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, ...change }), replace: true })
  useEffect(() => {
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, q: asked || undefined }),
      replace: true,
    })
  }, [asked, navigate])
  return (
    <div className={css.split} data-open={articleId !== undefined}>
      {shelves && <Categories onClose={() => setShelves(false)} />}
      <section className={css.list} aria-label={t('nav.knowledge')}>
        <header className={css.head}>
          <h1>{t('nav.knowledge')}</h1>
          <Button
            leftSection={<Icon name="plus" />}
            onClick={() =>
              void navigate({ to: '/knowledge/$articleId', params: { articleId: 'new' }, search: unpaired })
            }
          >
            {t('article.new')}
          </Button>
          <Button variant="default" size="xs" onClick={() => setShelves(true)}>
            {t('category.manage')}
          </Button>
          <TextInput
            size="xs"
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            placeholder={t('article.find')}
            aria-label={t('article.find')}
            leftSection={<Icon name="search" size={14} />}
          />
          <div className={css.filters}>
            <Select
              size="xs"
              clearable
              value={filters.status ?? null}
              placeholder={t('filter.status')}
              aria-label={t('filter.status')}
              onChange={it => set({ status: it ?? undefined })}
              data={statuses.map(it => ({ value: it, label: t(`article.${it}`) }))}
            />
            <Select
              size="xs"
              clearable
              value={filters.locale ?? null}
              placeholder={t('profile.language')}
              aria-label={t('profile.language')}
              onChange={it => set({ locale: it ?? undefined })}
              data={(['en', 'zh-CN'] as const).map(it => ({ value: it, label: t(`language.${it}`) }))}
            />
          </div>
        </header>
        <div className={css.scroll}>
          {articles.isPending ? (
            <Waiting lines={7} />
          ) : articles.isError ? (
            <ErrorState error={articles.error} retry={() => void articles.refetch()} />
          ) : articles.data.length === 0 ? (
            <EmptyState icon="book" title={t('article.none')} text={t('article.noneText')} />
          ) : (
            ownLanguageFirst(articles.data, language()).map(it => (
              <Link
                key={it.id}
                className={css.row}
                to="/knowledge/$articleId"
                params={{ articleId: it.id }}
                search={unpaired}
                data-open={it.id === articleId}
              >
                <span>
                  <b>{it.title}</b>
                  <small>
                    {[
                      categoryName(
                        categories.find(one => one.id === it.categoryId),
                        it.locale,
                      ),
                      languageName(it.locale),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </span>
                <em data-status={it.status}>{t(`article.${it.status}`)}</em>
              </Link>
            ))
          )}
        </div>
      </section>
      <section className={css.editor}>
        {articleId === undefined ? (
          <EmptyState icon="book" title={t('article.pick')} text={t('article.pickText')} />
        ) : (
          <ArticleEditor key={[articleId, from, to].join()} id={articleId} />
        )}
      </section>
    </div>
  )
}
