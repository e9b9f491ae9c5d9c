import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, query } from '@/api'
import type {
  Article,
  ArticleHit,
  ArticleRevision,
  ArticleVersion,
  Call,
  Category,
  InboxRow,
  Macro,
  Mailbox,
  OutboxRow,
  Page,
  PhoneNumber,
  SearchAnswer,
  Widget,
} from '@/api-types'
import { keys } from './keys'

const items = <T>(page: Page<T>): T[] => page.items

export function useLiveCalls() {
  return useQuery({
    queryKey: keys.calls,
    queryFn: ({ signal }) => api.get<Page<Call>>('/calls?state=live', signal),
    select: items,
    staleTime: 15_000,
  })
}

export function useMacros(on = true) {
  return useQuery({
    queryKey: keys.macros,
    queryFn: ({ signal }) => api.get<Page<Macro>>('/macros?limit=200', signal),
    select: items,
    enabled: on,
    staleTime: 5 * 60_000,
  })
}

export function useMailboxes(on = true) {
  return useQuery({
    queryKey: keys.mailboxes,
    queryFn: ({ signal }) => api.get<Page<Mailbox>>('/mailboxes', signal),
    select: items,
    enabled: on,
  })
}

export function useNumbers(on = true) {
  return useQuery({
    queryKey: keys.numbers,
    queryFn: ({ signal }) => api.get<Page<PhoneNumber>>('/numbers', signal),
    select: items,
    enabled: on,
  })
}

export function useWidget() {
  return useQuery({ queryKey: keys.widget, queryFn: ({ signal }) => api.get<Widget>('/widget', signal) })
}

export function useInboxLedger(state: string) {
  return useQuery({
    queryKey: keys.inbox(state),
    queryFn: ({ signal }) => api.get<Page<InboxRow>>(`/inbox${query({ state, limit: 100 })}`, signal),
    select: items,
    staleTime: 5_000,
  })
}

export function useOutboxLedger(state: string, on = true) {
  return useQuery({
    queryKey: keys.outbox(state),
    queryFn: ({ signal }) => api.get<Page<OutboxRow>>(`/outbox${query({ state, limit: 100 })}`, signal),
    select: items,
    enabled: on,
    staleTime: 5_000,
  })
}

export function useSearch(q: string) {
  return useQuery({
    queryKey: keys.search(q),
    queryFn: ({ signal }) => api.get<SearchAnswer>(`/search${query({ q, limit: 8 })}`, signal),
    enabled: q.trim().length > 1,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

export interface ArticleFilters {
  locale?: string
  status?: string
  q?: string
}

export function useArticles(filters: ArticleFilters) {
  return useQuery({
    queryKey: keys.articles(filters),
    queryFn: ({ signal }) => api.get<Page<Article>>(`/articles${query({ ...filters, limit: 200 })}`, signal),
    select: items,
    placeholderData: keepPreviousData,
  })
}

export function useCategories() {
  return useQuery({
    queryKey: keys.categories,
    queryFn: ({ signal }) => api.get<Page<Category>>('/categories', signal),
    select: items,
    staleTime: 5 * 60_000,
  })
}

/** The name of a category in a language, or in whatever language it has one. */
export function categoryName(category: Category | undefined, locale: string): string {
  return category === undefined
    ? ''
    : (category.title[locale] ?? Object.values(category.title)[0] ?? category.slug)
}

/** Articles in the reader's language come first; the order within a language stays. */
export function ownLanguageFirst<T extends { locale: string }>(articles: readonly T[], own: string): T[] {
  const base = (locale: string) => locale.split('-')[0]
  const rank = (locale: string) => (locale === own ? 0 : base(locale) === base(own) ? 1 : 2)
  return articles.toSorted((a, b) => rank(a.locale) - rank(b.locale))
}

export function useArticle(id: string | null) {
  return useQuery({
    queryKey: keys.article(id ?? ''),
    queryFn: ({ signal }) => api.get<Article>(`/articles/${id}`, signal),
    enabled: id !== null,
  })
}

/** The article in all its languages, this one included. */
export function useTranslations(id: string | null) {
  return useQuery({
    queryKey: keys.articleTranslations(id ?? ''),
    queryFn: ({ signal }) => api.get<Page<Article>>(`/articles/${id}/translations`, signal),
    select: items,
    enabled: id !== null,
  })
}

export function useRevisions(id: string) {
  return useInfiniteQuery({
    queryKey: keys.articleRevisions(id),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ArticleVersion>>(`/articles/${id}/revisions${query({ limit: 50, after: pageParam })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next ?? null,
  })
}

/** A saved text never changes. */
export function useRevision(id: string, revision: string | null) {
  return useQuery({
    queryKey: keys.articleRevision(id, revision ?? ''),
    queryFn: ({ signal }) => api.get<ArticleRevision>(`/articles/${id}/revisions/${revision}`, signal),
    enabled: revision !== null,
    staleTime: Infinity,
  })
}

export function searchArticles(q: string, locale: string): Promise<ArticleHit[]> {
  return api.get<Page<ArticleHit>>(`/articles/search${query({ q, locale, limit: 8 })}`).then(items)
}
