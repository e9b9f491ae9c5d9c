import { ActionIcon, Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ApiError } from '@/api'
import type { Article } from '@/api-types'
import { attempt } from '@/commands/change'
import { language } from '@/i18n'
import { keys } from '@/server/keys'
import { categoryName, useArticle, useCategories } from '@/server/lists'
import { Icon } from '@/ui/icons'
import { ErrorState, Waiting } from '@/ui/State'
import { useWorkbench } from '@/workbench/Workbench'
import css from './knowledge.module.css'
import { Markdown } from './Markdown'

export function ArticleEditor({ id }: { id: string }) {
  const article = useArticle(id === 'new' ? null : id)
  if (id === 'new') return <Form article={null} />
  if (article.data !== undefined) return <Form key={id} article={article.data} />
  if (article.isError) return <ErrorState error={article.error} retry={() => void article.refetch()} />
  return <Waiting lines={8} />
}

const written = (article: Article | null) => ({
  title: article?.title ?? '',
  body: article?.body ?? '',
  locale: article?.locale ?? language(),
  categoryId: article?.categoryId ?? (null as string | null),
})

/**
 * What is being written stays, whatever becomes of the article meanwhile; `base` is what it was written upon. A form in
 * which nothing has been written follows the article.
 */
function Form({ article }: { article: Article | null }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form, setForm] = useState(() => written(article))
  const [base, setBase] = useState(article)
  const [side, setSide] = useState('write')
  const [busy, setBusy] = useState(false)
  const categories = useCategories().data ?? []
  const field = (name: 'title' | 'body') => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  })
  const changed =
    base === null ||
    form.title !== base.title ||
    form.body !== base.body ||
    form.categoryId !== base.categoryId
  if (!changed && !busy && article !== null && article.version > base.version) {
    setBase(article)
    setForm(written(article))
  }
  const write = async (): Promise<Article> => {
    const body = {
      title: form.title,
      body: form.body,
      ...(form.categoryId === null ? {} : { categoryId: form.categoryId }),
    }
    if (base === null) return api.post<Article>('/articles', { ...body, locale: form.locale })
    if (!changed) return base
    try {
      return await api.patch<Article>(`/articles/${base.id}`, { ...body, version: base.version })
    } catch (cause) {
      // Told, and what is written here can be saved upon what stands there now.
      if (cause instanceof ApiError && cause.code === 'stale') setBase(await api.get<Article>(`/articles/${base.id}`))
      throw cause
    }
  }
  const finish = (verb?: 'publish' | 'archive') => async () => {
    setBusy(true)
    await attempt({ bench, t }, async () => {
      const saved = await write()
      if (verb !== undefined) await api.post(`/articles/${saved.id}/${verb}`, { version: saved.version })
      await client.invalidateQueries({ queryKey: keys.article(saved.id) })
      const fresh = client.getQueryData<Article>(keys.article(saved.id)) ?? saved
      setBase(fresh)
      setForm(now => (now === form ? written(fresh) : now))
      await client.invalidateQueries({ queryKey: ['articles'] })
      bench.toast(
        t(verb === 'publish' ? 'said.published' : verb === 'archive' ? 'said.archived' : 'said.saved'),
      )
      if (article === null)
        await navigate({ to: '/knowledge/$articleId', params: { articleId: saved.id }, replace: true })
    })
    setBusy(false)
  }
  return (
    <form
      className={css.form}
      onSubmit={event => {
        event.preventDefault()
        void finish()()
      }}
    >
      <header className={css.bar}>
        <Link to="/knowledge" search={old => old} className={css.back} aria-label={t('command.back')}>
          <ActionIcon variant="subtle" color="gray" size={36} component="span">
            <Icon name="back" size={20} />
          </ActionIcon>
        </Link>
        <SegmentedControl
          size="xs"
          value={side}
          onChange={setSide}
          aria-label={t('article.side')}
          data={[
            { value: 'write', label: t('article.write') },
            { value: 'preview', label: t('article.preview') },
          ]}
        />
        <span className={css.grow} />
        {article?.url && article.status === 'published' && (
          <Button
            component="a"
            className={css.minor}
            href={article.url}
            target="_blank"
            rel="noopener"
            variant="subtle"
            color="gray"
            leftSection={<Icon name="external" />}
          >
            {t('article.open')}
          </Button>
        )}
        {article !== null && article.status !== 'archived' && (
          <Button
            className={css.minor}
            variant="subtle"
            color="gray"
            onClick={() => void finish('archive')()}
          >
            {t('article.archive')}
          </Button>
        )}
        <Button type="submit" variant="default" loading={busy} disabled={!changed || form.title.trim() === ''}>
          {t('action.save')}
        </Button>
        <Button
          disabled={
            busy ||
            form.title.trim() === '' ||
            (article?.status === 'published' && !changed && article.unpublishedChanges !== true)
          }
          onClick={() => void finish('publish')()}
        >
          {t('article.publish')}
        </Button>
      </header>
      <div className={css.paper}>
        {side === 'preview' ? (
          <article className={css.preview}>
            <h1>{form.title}</h1>
            <Markdown text={form.body} />
          </article>
        ) : (
          <>
            <TextInput
              variant="unstyled"
              classNames={{ input: css.title }}
              placeholder={t('article.title')}
              aria-label={t('article.title')}
              required
              {...field('title')}
            />
            <div className={css.meta}>
              <Select
                size="xs"
                w={170}
                value={form.locale}
                allowDeselect={false}
                disabled={article !== null}
                aria-label={t('profile.language')}
                onChange={it => setForm({ ...form, locale: it ?? 'en' })}
                data={(['en', 'zh-CN'] as const).map(it => ({ value: it, label: t(`language.${it}`) }))}
              />
              <Select
                size="xs"
                value={form.categoryId}
                placeholder={t('article.category')}
                aria-label={t('article.category')}
                onChange={categoryId => setForm({ ...form, categoryId })}
                data={categories.map(it => ({ value: it.id, label: categoryName(it, form.locale) }))}
              />
            </div>
            <Textarea
              variant="unstyled"
              classNames={{ input: css.text }}
              autosize
              minRows={18}
              placeholder={t('article.body')}
              aria-label={t('article.body')}
              {...field('body')}
            />
          </>
        )}
      </div>
    </form>
  )
}
