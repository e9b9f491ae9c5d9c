import { Button, SegmentedControl } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { InboxRow, OutboxRow } from '@/api-types'
import { attempt } from '@/commands/change'
import { useInboxLedger, useOutboxLedger } from '@/server/lists'
import { channelIcon } from '@/ui/channel'
import { Icon } from '@/ui/icons'
import { useMe } from '@/server/people'
import { EmptyState } from '@/ui/State'
import { dateTime } from '@/ui/time'
import { useWorkbench } from '@/workbench/Workbench'
import { Head, Loaded } from './parts'
import css from './settings.module.css'

const inboxStates = ['quarantined', 'new', 'done'] as const
const outboxStates = ['failed', 'uncertain', 'pending'] as const

/** What arrived and what must leave, as it is kept; nothing that failed is lost. */
export function Ledger() {
  const { t } = useTranslation()
  const [inbox, setInbox] = useState<(typeof inboxStates)[number]>('quarantined')
  const [outbox, setOutbox] = useState<(typeof outboxStates)[number]>('failed')
  const arrived = useInboxLedger(inbox)
  const me = useMe()
  const admin = me.role === 'admin'
  const leaving = useOutboxLedger(outbox, admin)
  return (
    <>
      <Head title={t('settings.ledger')} text={t(admin ? 'ledger.text' : 'arrived.ownText')} />
      <section className={css.block}>
        <div className={css.blockHead}>
          <h3>{t('ledger.inbox')}</h3>
          {admin && (
            <SegmentedControl
              size="xs"
              value={inbox}
              onChange={it => setInbox(inboxStates.find(one => one === it) ?? 'quarantined')}
              aria-label={t('ledger.inbox')}
              data={inboxStates.map(it => ({ value: it, label: t(`ledger.${it}`) }))}
            />
          )}
        </div>
        <Loaded query={arrived}>
          {rows =>
            rows.length === 0 ? (
              <EmptyState icon="checkCircle" title={t('ledger.none')} />
            ) : (
              <div className={css.lines}>
                {rows.map(it => (
                  <Arrived key={it.id} row={it} />
                ))}
              </div>
            )
          }
        </Loaded>
      </section>
      {admin && (
        <section className={css.block}>
          <div className={css.blockHead}>
            <h3>{t('ledger.outbox')}</h3>
            <SegmentedControl
              size="xs"
              value={outbox}
              onChange={it => setOutbox(outboxStates.find(one => one === it) ?? 'failed')}
              aria-label={t('ledger.outbox')}
              data={outboxStates.map(it => ({ value: it, label: t(`ledger.${it}`) }))}
            />
          </div>
          <Loaded query={leaving}>
            {rows =>
              rows.length === 0 ? (
                <EmptyState icon="checkCircle" title={t('ledger.none')} />
              ) : (
                <div className={css.lines}>
                  {rows.map(it => (
                    <Leaving key={it.id} row={it} />
                  ))}
                </div>
              )
            }
          </Loaded>
        </section>
      )}
    </>
  )
}

function Arrived({ row }: { row: InboxRow }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const replay = () =>
    attempt({ bench, t }, async () => {
      await api.post(`/inbox/${row.id}/replay`)
      bench.toast(t('said.replayed'))
      await client.invalidateQueries({ queryKey: ['inbox'] })
    })
  return (
    <div className={css.row}>
      <Icon name={channelIcon(row.channel)} />
      <span className={css.lineText}>
        <b dir="auto">{row.summary || t(`arrived.${row.kind}`)}</b>
        <small>
          {[t(`arrived.${row.kind}`), row.from].filter(Boolean).join(' · ')}
          <span className="num">
            {' · '}
            {dateTime(row.receivedAt)}
            {row.attempts > 1 && ` · ${t('ledger.attempts', { count: row.attempts })}`}
          </span>
        </small>
        <Reason error={row.error} />
      </span>
      <Button component="a" href={`/api/v1/inbox/${row.id}/raw`} variant="subtle" color="gray" download>
        {t('item.original')}
      </Button>
      {row.state !== 'done' && (
        <Button variant="default" onClick={() => void replay()}>
          {t('ledger.replay')}
        </Button>
      )}
    </div>
  )
}

/** Technical errors are collapsed: only administrators need them. */
function Reason({ error }: { error: string | null }) {
  const { t } = useTranslation()
  if (!error) return null
  return (
    <details className={css.reason}>
      <summary>{t('arrived.why')}</summary>
      <code>{error}</code>
    </details>
  )
}

function Leaving({ row }: { row: OutboxRow }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const retry = () =>
    attempt({ bench, t }, async () => {
      await api.post(`/outbox/${row.id}/retry`)
      bench.toast(t('said.retry'))
      await client.invalidateQueries({ queryKey: ['outbox'] })
    })
  return (
    <div className={css.row}>
      <Icon name={channelIcon(row.channel)} />
      <span className={css.lineText}>
        <b>{row.lane.replace(/^\w+:/, '') || row.channel}</b>
        <small className="num">
          {dateTime(row.createdAt)} · {t('ledger.attempts', { count: row.attempts })}
        </small>
        <Reason error={row.error} />
      </span>
      {row.state !== 'pending' && (
        <Button variant="default" onClick={() => void retry()}>
          {t('action.retry')}
        </Button>
      )}
    </div>
  )
}
