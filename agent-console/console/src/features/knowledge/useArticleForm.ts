import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ApiError } from '@/api'
import type { Article, ArticleVersion } from '@/api-types'
import { attempt } from '@/commands/change'
import { language } from '@/i18n'
import { keys } from '@/server/keys'
import { useWorkbench } from '@/workbench/Workbench'

/** The article that a new one translates, and the language it becomes. */
export interface Translating {
  source: Article
  locale: string
}

const written = (article: Article | null, translating?: Translating) => ({
  title: article?.title ?? '',
  summary: article?.summary ?? translating?.source.summary ?? '',
  body: article?.body ?? translating?.source.body ?? '',
  locale: article?.locale ?? translating?.locale ?? language(),
  categoryId: article?.categoryId ?? translating?.source.categoryId ?? (null as string | null),
})

/**
 * What is being written stays, whatever becomes of the article meanwhile; `base` is the text it was written upon. An
 * unchanged form follows the article.
 */
export function useArticleForm(article: Article | null, translating?: Translating) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form, setForm] = useState(() => written(article, translating))
  const [base, setBase] = useState(article)
  const [busy, setBusy] = useState(false)
  const changed =
    base === null ||
    form.title !== base.title ||
    form.summary !== base.summary ||
    form.body !== base.body ||
    form.categoryId !== base.categoryId
  if (!changed && !busy && article !== null && article.version > base.version) {
    setBase(article)
    setForm(written(article))
  }
  const write = async (): Promise<Article> => {
    const { title, summary, body, locale, categoryId } = form
    const text = { title, summary, body, ...(categoryId === null ? {} : { categoryId }) }
    if (base === null) {
      const pair = translating === undefined ? {} : { articleId: translating.source.articleId }
      return api.post<Article>('/articles', { ...text, ...pair, locale })
    }
    if (!changed) return base
    try {
      return await api.patch<Article>(`/articles/${base.id}`, { ...text, version: base.version })
    } catch (cause) {
      // The text written here can then be saved upon the present version.
      if (cause instanceof ApiError && cause.code === 'stale') setBase(await api.get<Article>(`/articles/${base.id}`))
      throw cause
    }
  }
  const take = async (saved: Article) => {
    await client.invalidateQueries({ queryKey: keys.article(saved.id) })
    const fresh = client.getQueryData<Article>(keys.article(saved.id)) ?? saved
    setBase(fresh)
    setForm(now => (now === form ? written(fresh) : now))
    await client.invalidateQueries({ queryKey: ['articles'] })
  }
  const run = async (work: () => Promise<void>) => {
    setBusy(true)
    const done = await attempt({ bench, t }, work)
    setBusy(false)
    return done
  }
  const finish = (verb?: 'publish' | 'archive') =>
    run(async () => {
      const saved = await write()
      if (verb !== undefined) await api.post(`/articles/${saved.id}/${verb}`, { version: saved.version })
      await take(saved)
      bench.toast(
        t(verb === 'publish' ? 'said.published' : verb === 'archive' ? 'said.archived' : 'said.saved'),
      )
      if (article !== null) return
      await navigate({
        to: '/knowledge/$articleId',
        params: { articleId: saved.id },
        search: old => ({ ...old, from: undefined, to: undefined }),
        replace: true,
      })
    })
  const restore = (version: ArticleVersion) =>
    run(async () => {
      if (base === null) return
      const path = `/articles/${base.id}/revisions/${version.id}/restore`
      await take(await api.post<Article>(path, { version: base.version }))
      bench.toast(t('history.restored', { number: version.number }))
    })
  return { form, setForm, changed, busy, finish, restore }
}

export type ArticleForm = ReturnType<typeof useArticleForm>
