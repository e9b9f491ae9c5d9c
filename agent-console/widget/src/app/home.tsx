import { useEffect, useState } from 'preact/hooks'
import type { View } from './chat'
import { Icon } from './icons'
import type { Translate } from './words'

interface Article {
  id: string
  title: string
  url: string
  snippet: string
}

interface Props {
  view: View
  name: string
  greeting: string
  locale: string
  t: Translate
  onChat(): void
  onClose(): void
}

const SEARCH_AFTER_MS = 150
const ARTICLES_SHOWN = 5

/** Greeting, the way into the conversation, and the help centre's search. */
export function Home({ view, name, greeting, locale, t, onChat, onClose }: Props) {
  const last = view.lines.at(-1)
  return (
    <main class="home">
      <header class="hero">
        <p class="brand">{name}</p>
        <button type="button" class="icon" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
        <h1>{greeting || name}</h1>
      </header>
      <button type="button" class="card start" data-first onClick={onChat}>
        <span>
          <strong>{t(last ? 'continueChat' : view.open ? 'startChat' : 'leaveMessage')}</strong>
          {last ? (
            <small class="clip" dir="auto">
              {last.direction === 'outbound' ? `${last.author || name}: ${last.text}` : last.text}
            </small>
          ) : (
            <small>
              <i class={view.open ? 'dot here' : 'dot'} />
              {t(view.open ? 'here' : 'away')}
            </small>
          )}
        </span>
        {view.unread > 0 ? <b class="count">{view.unread}</b> : <Icon name="send" />}
      </button>
      <Search locale={locale} t={t} />
    </main>
  )
}

function Search({ locale, t }: { locale: string; t: Translate }) {
  const [text, setText] = useState('')
  const [found, setFound] = useState<Article[] | null>(null)
  useEffect(() => {
    const query = text.trim()
    if (query.length < 2) return setFound(null)
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const params = new URLSearchParams({ q: query, locale, limit: `${ARTICLES_SHOWN}` })
      fetch(`/api/v1/articles/search?${params}`, { signal: stop.signal })
        .then((answer) => (answer.ok ? (answer.json() as Promise<{ items: Article[] }>) : { items: [] }))
        .then((answer) => setFound(answer.items))
        .catch(() => {})
    }, SEARCH_AFTER_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, locale])
  return (
    <section class="card help" aria-label={t('searchHelp')}>
      <label class="search">
        <Icon name="search" />
        <input
          type="search"
          value={text}
          placeholder={t('searchHelp')}
          aria-label={t('searchHelp')}
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <div role="status">{found && !found.length && <p class="quiet">{t('noArticles')}</p>}</div>
      {found && found.length > 0 && (
        <ul aria-label={t('articles')}>
          {found.map((article) => (
            <li key={article.id}>
              <a href={article.url} target="_blank" rel="noopener">
                <span>
                  {article.title}
                  <small>{plain(article.snippet)}</small>
                </span>
                <Icon name="out" />
                <span class="unseen">{t('newTab')}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A snippet may carry the marks of its hits; here they are not drawn. */
function plain(snippet: string) {
  return new DOMParser().parseFromString(snippet ?? '', 'text/html').body.textContent
}
