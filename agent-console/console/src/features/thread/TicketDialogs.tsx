import '@/styles/mantine-more'
import { Button, Modal, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '@/api'
import type { TimelineItem } from '@/api-types'
import { attempt, changeAll } from '@/commands/change'
import { useCommandContext } from '@/commands/CommandProvider'
import { useSearch as useTicketSearch } from '@/server/lists'
import { putTicket } from '@/server/cache'
import { keys } from '@/server/keys'
import { ticketApi, useDelivery } from '@/server/tickets'
import { Proof } from '@/timeline/Proof'
import { ErrorState, Waiting } from '@/ui/State'
import { dateTime } from '@/ui/time'
import type { Dialog } from '@/workbench/Workbench'
import css from './thread.module.css'

export function TicketDialogs({ dialog, onClose }: { dialog: Dialog; onClose(): void }) {
  const { t } = useTranslation()
  const titles = {
    snooze: t('snooze.customTitle'),
    merge: t('merge.title'),
    forward: t('item.forward'),
    delivery: t('item.delivery'),
    why: t('item.why'),
    split: t('item.split'),
    palette: '',
    shortcuts: '',
    outbound: '',
    mergeCustomer: '',
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={titles[dialog.kind]}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      size={dialog.kind === 'snooze' ? 'sm' : 'md'}
    >
      {dialog.kind === 'snooze' && <SnoozeForm onClose={onClose} />}
      {dialog.kind === 'merge' && <MergeForm onClose={onClose} />}
      {dialog.kind === 'forward' && <ForwardForm item={dialog.item} onClose={onClose} />}
      {dialog.kind === 'split' && <SplitForm item={dialog.item} onClose={onClose} />}
      {dialog.kind === 'why' && <Why item={dialog.item} />}
      {dialog.kind === 'delivery' && <Delivery item={dialog.item} />}
    </Modal>
  )
}

function SnoozeForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const [at, setAt] = useState('')
  const until = at === '' ? null : new Date(at)
  const past = until !== null && until.getTime() <= Date.now()
  const save = () => {
    if (until === null || past) return
    onClose()
    void changeAll(read(), t('said.snoozed'), () => ({ status: 'snoozed', snoozedUntil: until.toISOString() }))
  }
  return (
    <form
      className={css.dialog}
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <TextInput
        type="datetime-local"
        label={t('snooze.until')}
        value={at}
        onChange={event => setAt(event.currentTarget.value)}
        data-autofocus
        error={past ? t('snooze.past') : undefined}
      />
      <div className={css.actions}>
        <Button type="submit" disabled={until === null || past}>
          {t('command.snooze')}
        </Button>
      </div>
    </form>
  )
}

function MergeForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const router = useRouter()
  const [text, setText] = useState('')
  const found = useTicketSearch(text.replace(/^#/, '')).data?.tickets ?? []
  const { ticket, client, bench } = read()
  const merge = async (into: string) => {
    if (ticket === null) return
    const here = location.pathname
    onClose()
    await attempt(read(), async () => {
      const target = await ticketApi.merge(ticket.id, into)
      putTicket(client, target)
      await client.invalidateQueries()
      // Who has gone on meanwhile is left where they are.
      if (location.pathname === here) router.history.push(`/console/inbox/all/${into}`)
      bench.toast(t('said.merged', { number: target.number }), {
        undo: async () => {
          const there = location.pathname
          await ticketApi.unmerge(ticket.id)
          await client.invalidateQueries()
          if (location.pathname === there) router.history.push(`/console/inbox/all/${ticket.id}`)
        },
      })
    })
  }
  return (
    <div className={css.dialog}>
      <p className={css.lead}>{t('merge.text')}</p>
      <TextInput
        value={text}
        placeholder={t('merge.find')}
        aria-label={t('merge.find')}
        onChange={event => setText(event.currentTarget.value)}
        data-autofocus
      />
      <div className={css.found}>
        {found
          .filter(it => it.id !== ticket?.id)
          .map(it => (
            <button type="button" key={it.id} onClick={() => void merge(it.id)}>
              <span className="num">#{it.number}</span>
              <span>{it.subject || t('ticket.noSubject')}</span>
              <small>{t(`ticketStatus.${it.status}`)}</small>
            </button>
          ))}
      </div>
    </div>
  )
}

interface ItemForm {
  item: TimelineItem
  onClose(): void
}

function ForwardForm({ item, onClose }: ItemForm) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const [to, setTo] = useState<string[]>([])
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  // One key for one dialog: a repeat after a lost answer forwards nothing twice.
  const [key] = useState(newKey)
  const send = async () => {
    setBusy(true)
    const { client, bench } = read()
    const done = await attempt(read(), async () => {
      const ticketId = item.ticketId ?? ''
      await ticketApi.forward(ticketId, to, text, item.id, key)
      await client.invalidateQueries({ queryKey: keys.timeline(ticketId) })
    })
    setBusy(false)
    if (!done) return
    bench.toast(t('said.forwarded'))
    onClose()
  }
  return (
    <form
      className={css.dialog}
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <TagsInput
        label={t('mail.toLabel')}
        value={to}
        onChange={setTo}
        acceptValueOnBlur
        splitChars={[',', ' ', ';']}
        data-autofocus
        required={to.length === 0}
      />
      <Textarea
        label={t('forward.text')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        autosize
        minRows={4}
      />
      <blockquote className={css.original}>{(item.visibleText || item.text).slice(0, 400)}</blockquote>
      <div className={css.actions}>
        <Button type="submit" loading={busy} disabled={to.length === 0}>
          {t('item.forward')}
        </Button>
      </div>
    </form>
  )
}

function SplitForm({ item, onClose }: ItemForm) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const router = useRouter()
  const [subject, setSubject] = useState(item.subject || (item.visibleText || item.text).slice(0, 80))
  const split = async () => {
    const here = location.pathname
    onClose()
    await attempt(read(), async () => {
      const fresh = await ticketApi.split(item.ticketId ?? '', [item.id], subject)
      const { client, bench } = read()
      await client.invalidateQueries()
      if (location.pathname === here) router.history.push(`/console/inbox/all/${fresh.id}`)
      bench.toast(t('said.split', { number: fresh.number }), {
        undo: async () => {
          const there = location.pathname
          const whole = await ticketApi.unsplit(fresh.id)
          putTicket(client, whole)
          await client.invalidateQueries()
          if (there.endsWith(`/${fresh.id}`)) router.history.push(`/console/inbox/all/${whole.id}`)
          bench.toast(t('desk.unsplit'))
        },
      })
    })
  }
  return (
    <form
      className={css.dialog}
      onSubmit={event => {
        event.preventDefault()
        void split()
      }}
    >
      <p className={css.lead}>{t('split.text')}</p>
      <TextInput
        label={t('outbound.subject')}
        value={subject}
        onChange={event => setSubject(event.currentTarget.value)}
        required
        data-autofocus
      />
      <div className={css.actions}>
        <Button type="submit">{t('item.split')}</Button>
      </div>
    </form>
  )
}

const rules = [
  'reply-token',
  'same-mail',
  'same-line',
  'follow-up',
  'in-reply-to',
  'references',
  'answers-the-same',
  'answered-before',
  'plus-address',
  'reply-address',
  'token',
  'subject-token',
  'subject',
  'thread',
  'new',
  'same-number',
  'open-ticket',
  'session',
  'call',
  'form',
  'manual',
  'bounce',
] as const

function Why({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const rule = rules.find(it => it === item.why?.rule)
  return (
    <div className={css.dialog}>
      <p>{rule === undefined ? item.why?.rule : t(`why.${rule}`)}</p>
      {item.why?.detail && <p className={css.lead}>{item.why.detail}</p>}
      <dl className={css.passport}>
        {item.from && (
          <>
            <dt>{t('mail.from')}</dt>
            <dd>{item.from}</dd>
          </>
        )}
        {item.to.length > 0 && (
          <>
            <dt>{t('mail.toLabel')}</dt>
            <dd>{item.to.join(', ')}</dd>
          </>
        )}
        {item.subject && (
          <>
            <dt>{t('outbound.subject')}</dt>
            <dd>{item.subject}</dd>
          </>
        )}
        <Proof item={item} />
        <dt>{t('why.at')}</dt>
        <dd>{dateTime(item.at)}</dd>
        {item.sentAt !== null && (
          <>
            <dt>{t('mailDesk.sentAt')}</dt>
            <dd>{dateTime(item.sentAt)}</dd>
          </>
        )}
      </dl>
    </div>
  )
}

function Delivery({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const story = useDelivery(item.id, true)
  if (story.isPending) return <Waiting lines={3} />
  if (story.isError) return <ErrorState error={story.error} retry={() => void story.refetch()} />
  return (
    <ol className={css.story}>
      {story.data.map((step, at) => (
        <li key={at}>
          <strong>{t(`delivery.${step.status as 'sent'}`, { defaultValue: step.status })}</strong>
          <time>{dateTime(step.at)}</time>
          {step.detail && <p>{step.detail}</p>}
        </li>
      ))}
      {story.data.length === 0 && <li>{t('common.nothing')}</li>}
    </ol>
  )
}
