import '@/styles/mantine-more'
import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link, useNavigate, useSearch as useUrl } from '@tanstack/react-router'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@/server/lists'
import { useAgents, useTeams } from '@/server/people'
import { tagsQuery } from '@/server/tags'
import { Found, Highlight } from '@/timeline/Text'
import { Icon, type IconName } from '@/ui/icons'
import { EmptyState, ErrorState, Waiting } from '@/ui/State'
import { dateTime } from '@/ui/time'
import { refusal, suggestions, wordsOf } from './operators'
import css from './search.module.css'

export function SearchPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { q } = useUrl({ from: '/inside/search' })
  const [text, setText] = useState(q ?? '')
  const [asked] = useDebouncedValue(text.trim(), 120)
  const answer = useSearch(asked)
  const field = useRef<HTMLInputElement>(null)
  const marked = wordsOf(asked)
  useEffect(() => {
    void navigate({ to: '/search', search: { q: asked || undefined }, replace: true })
  }, [asked, navigate])
  const found = answer.data
  const total =
    found === undefined
      ? 0
      : found.tickets.length + found.messages.length + found.customers.length + found.articles.length
  return (
    <div className={css.page}>
      <div className={css.column}>
        <h1 className="sr">{t('nav.search')}</h1>
        <TextInput
          size="md"
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          placeholder={t('search.placeholder')}
          aria-label={t('search.placeholder')}
          leftSection={<Icon name="search" size={18} />}
          autoFocus
          ref={field}
        />
        <Suggested
          text={text}
          onPick={next => {
            setText(next)
            field.current?.focus()
          }}
        />
        <div aria-live="polite" className="sr">
          {found === undefined ? '' : t('search.count', { count: total })}
        </div>
        {asked.length < 2 ? (
          <EmptyState
            icon="search"
            title={t('search.start')}
            text={`${t('search.startText')} ${t('search.help')}`}
          />
        ) : answer.isPending ? (
          <Waiting lines={6} />
        ) : answer.isError ? (
          <ErrorState error={answer.error} retry={() => void answer.refetch()} />
        ) : answer.data.refused.length > 0 ? (
          <EmptyState
            icon="search"
            title={answer.data.refused.map(it => refusal(it, t)).join(' ')}
            text={t('search.help')}
          />
        ) : total === 0 ? (
          <EmptyState
            icon="search"
            title={t('search.none', { q: asked })}
            text={`${t('search.noneText')} ${t('search.help')}`}
          />
        ) : (
          found !== undefined && (
            <>
              <Group icon="inbox" title={t('search.tickets')}>
                {found.tickets.map(it => (
                  <Link
                    key={it.id}
                    to="/inbox/$view/$ticketId"
                    params={{ view: 'all', ticketId: it.id }}
                    className={css.hit}
                  >
                    <span>
                      <b className="num">#{it.number}</b> {it.subject || t('ticket.noSubject')}
                      <em>{t(`ticketStatus.${it.status}`)}</em>
                    </span>
                    {it.highlight && (
                      <small>
                        <Found text={it.highlight} q={marked} />
                      </small>
                    )}
                  </Link>
                ))}
              </Group>
              <Group icon="chat" title={t('search.messages')}>
                {found.messages.map((it, at) => (
                  <Link
                    key={at}
                    to="/inbox/$view/$ticketId"
                    params={{ view: 'all', ticketId: it.ticketId }}
                    className={css.hit}
                  >
                    <span>
                      <b className="num">#{it.number}</b>
                      <time>{dateTime(it.at)}</time>
                    </span>
                    {it.highlight && (
                      <small>
                        <Found text={it.highlight} q={marked} />
                      </small>
                    )}
                  </Link>
                ))}
              </Group>
              <Group icon="users" title={t('nav.customers')}>
                {found.customers.map(it => (
                  <Link
                    key={it.id}
                    to="/customers/$customerId"
                    params={{ customerId: it.id }}
                    className={css.hit}
                  >
                    <span>{it.name || t('customer.unnamed')}</span>
                    {it.highlight && (
                      <small>
                        <Found text={it.highlight} q={marked} />
                      </small>
                    )}
                  </Link>
                ))}
              </Group>
              <Group icon="book" title={t('nav.knowledge')}>
                {found.articles.map(it => (
                  <Link
                    key={it.id}
                    to="/knowledge/$articleId"
                    params={{ articleId: it.id }}
                    className={css.hit}
                  >
                    <span>{it.title}</span>
                    {it.snippet && (
                      <small>
                        <Highlight text={it.snippet} />
                      </small>
                    )}
                  </Link>
                ))}
              </Group>
            </>
          )
        )}
      </div>
    </div>
  )
}

/** Operators and their values, for the word that is being typed. */
function Suggested({ text, onPick }: { text: string; onPick(next: string): void }) {
  const { t } = useTranslation()
  const tags = useQuery(tagsQuery).data?.items ?? []
  const agents = useAgents().data ?? []
  const teams = useTeams().data ?? []
  const known = {
    tags: tags.map(it => it.name),
    agents: agents.filter(it => it.active).map(it => it.name),
    teams: teams.map(it => it.name),
  }
  const offered = suggestions(text, known, t)
  if (offered.length === 0) return null
  return (
    <div className={css.operators} role="group" aria-label={t('search.operators')}>
      {offered.map(it => (
        <button key={it.text} type="button" onClick={() => onPick(it.text)}>
          {it.label}
          {it.detail !== undefined && <small>{it.detail}</small>}
        </button>
      ))}
    </div>
  )
}

function Group({ icon, title, children }: { icon: IconName; title: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section className={css.group}>
      <h2>
        <Icon name={icon} />
        {title}
      </h2>
      {children}
    </section>
  )
}
