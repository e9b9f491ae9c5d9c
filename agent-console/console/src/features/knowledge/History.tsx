import { Button, Modal, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article, ArticleRevision, ArticleVersion } from '@/api-types'
import { useRevision, useRevisions } from '@/server/lists'
import { useAgents } from '@/server/people'
import { ErrorState, Waiting } from '@/ui/State'
import { dateTime } from '@/ui/time'
import { diffLines } from './diff'
import css from './knowledge.module.css'

interface HistoryProps {
  article: Article
  /** Something is written and not saved; restoring would lose it. */
  unsaved: boolean
  onRestore(version: ArticleVersion): Promise<boolean>
  onClose(): void
}

/** Every saved text of an article: who saved it and when, compared, and restored as a new version. */
export function History({ article, unsaved, onRestore, onClose }: HistoryProps) {
  const { t } = useTranslation()
  const versions = useRevisions(article.id)
  const agents = useAgents().data ?? []
  const all = versions.data?.pages.flatMap(page => page.items) ?? []
  const [open, setOpen] = useState<string | null>(null)
  const at = Math.max(
    0,
    open === null ? Math.min(1, all.length - 1) : all.findIndex(it => it.id === open),
  )
  const shown = all[at]
  return (
    <Modal
      opened
      onClose={onClose}
      size={980}
      title={t('history.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {versions.isPending ? (
        <Waiting lines={6} />
      ) : versions.isError ? (
        <ErrorState error={versions.error} retry={() => void versions.refetch()} />
      ) : (
        <div className={css.history}>
          <div className={css.versions} role="group" aria-label={t('history.versions')}>
            {all.map((it, index) => (
              <button key={it.id} type="button" aria-pressed={index === at} onClick={() => setOpen(it.id)}>
                <b>
                  {t('history.number', { number: it.number })}
                  {it.published && <em data-status="published">{t('history.readers')}</em>}
                </b>
                <small>
                  {[
                    dateTime(it.createdAt),
                    it.authorId === null
                      ? t('history.program')
                      : (agents.find(one => one.id === it.authorId)?.name ?? t('history.formerAgent')),
                  ].join(' · ')}
                </small>
              </button>
            ))}
            {versions.hasNextPage && (
              <Button variant="subtle" size="compact-xs" onClick={() => void versions.fetchNextPage()}>
                {t('history.more')}
              </Button>
            )}
          </div>
          {shown !== undefined && (
            <Compared
              key={shown.id}
              article={article}
              version={shown}
              latest={all[0] ?? shown}
              before={all[at + 1]}
              unsaved={unsaved}
              onRestore={async () => {
                if (await onRestore(shown)) onClose()
              }}
            />
          )}
        </div>
      )}
    </Modal>
  )
}

interface ComparedProps {
  article: Article
  version: ArticleVersion
  latest: ArticleVersion
  before: ArticleVersion | undefined
  unsaved: boolean
  onRestore(): Promise<void>
}

function Compared({ article, version, latest, before, unsaved, onRestore }: ComparedProps) {
  const { t } = useTranslation()
  const isLatest = version.id === latest.id
  const [against, setAgainst] = useState(isLatest ? 'before' : 'latest')
  const [busy, setBusy] = useState(false)
  const own = useRevision(article.id, version.id)
  const otherId = against === 'latest' ? latest.id : before?.id
  const other = useRevision(article.id, otherId ?? null)
  const failed = own.isError ? own : other.isError ? other : undefined
  const restore = async () => {
    setBusy(true)
    await onRestore()
    setBusy(false)
  }
  const pair = against === 'latest' ? [own.data, other.data] : [other.data, own.data]
  return (
    <section className={css.compared} aria-label={t('history.number', { number: version.number })}>
      <div className={css.comparing}>
        <SegmentedControl
          size="xs"
          value={against}
          onChange={setAgainst}
          aria-label={t('history.compare')}
          data={[
            { value: 'latest', label: t('history.withLatest'), disabled: isLatest },
            { value: 'before', label: t('history.withBefore'), disabled: before === undefined },
          ]}
        />
        {!isLatest && (
          <Button size="xs" loading={busy} disabled={unsaved} onClick={() => void restore()}>
            {t('history.restore', { number: version.number })}
          </Button>
        )}
      </div>
      {unsaved && !isLatest && <p role="note">{t('history.unsaved')}</p>}
      {failed !== undefined ? (
        <ErrorState error={failed.error} retry={() => void failed.refetch()} />
      ) : own.data === undefined || (otherId !== undefined && other.data === undefined) ? (
        <Waiting lines={6} />
      ) : (
        <Difference before={pair[0]} after={pair[1] ?? own.data} />
      )}
    </section>
  )
}

const whole = (it: ArticleRevision | undefined) =>
  it === undefined ? '' : [it.title, it.summary, it.body].filter(part => part !== '').join('\n\n')

function Difference({ before, after }: { before: ArticleRevision | undefined; after: ArticleRevision }) {
  const { t } = useTranslation()
  const lines = before === undefined ? diffLines(whole(after), whole(after)) : diffLines(whole(before), whole(after))
  const same = before !== undefined && lines.every(it => it.kind === 'same')
  return (
    <>
      {same && <p role="note">{t('history.same')}</p>}
      <div className={css.diff} tabIndex={0} role="region" aria-label={t('history.difference')}>
        {lines.map((it, at) => {
          const text = it.text === '' ? '\u00a0' : it.text
          if (it.kind === 'added') return <ins key={at}>{text}</ins>
          if (it.kind === 'removed') return <del key={at}>{text}</del>
          return <span key={at}>{text}</span>
        })}
      </div>
    </>
  )
}
