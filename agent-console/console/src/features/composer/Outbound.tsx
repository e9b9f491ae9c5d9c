import '@/styles/mantine-more'
import { Button, Modal, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '@/api'
import type { ChannelName, Customer, Macro, MacroAction, Priority } from '@/api-types'
import { attempt } from '@/commands/change'
import { planned, plannedStatus } from '@/commands/macro-actions'
import { priorities } from '@/commands/priority'
import { Planned } from './Planned'
import { smsParts } from './channels'
import { plainText } from './text'
import { useAttachments } from './useAttachments'
import { placeCall } from '@/server/calls'
import { emptyDraft, isBlank, patched, type Draft, type DraftChange } from '@/server/drafts'
import { keys } from '@/server/keys'
import { useMailboxes } from '@/server/lists'
import { useCustomer, useMe, useTeams } from '@/server/people'
import { ticketApi } from '@/server/tickets'
import { AddressInput } from '@/ui/AddressInput'
import { addressIn } from '@/ui/addresses'
import { Icon } from '@/ui/icons'
import { Who } from '@/ui/Who'
import { useWorkbench } from '@/workbench/Workbench'
import { filled } from './macroWords'
import css from './outbound.module.css'
import { Writing } from './Writing'

const kinds = ['email', 'sms', 'phone', 'note'] as const
type Kind = (typeof kinds)[number]

interface OutboundProps {
  channel?: ChannelName | 'note'
  customer?: { id: string; name: string | null }
  /** The ticket to call about. */
  ticketId?: string
  onClose(): void
}

/** A conversation that we begin: mail, SMS, a call, or a ticket for ourselves. */
export function Outbound({ channel, customer, ticketId, onClose }: OutboundProps) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const router = useRouter()
  const me = useMe()
  const [kind, setKind] = useState<Kind>(kinds.find(it => it === channel) ?? 'email')
  const [who, setWho] = useState<string | null>(customer?.id ?? null)
  const [typed, setTyped] = useState(customer?.name ?? '')
  const [form, setForm] = useState({
    subject: '',
    priority: 'normal' as Priority,
    from: null as string | null,
  })
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const change = useCallback((patch: DraftChange) => setDraft(old => patched(old, patch)), [])
  const files = useAttachments(change)
  const teams = useTeams().data ?? []
  const [busy, setBusy] = useState(false)
  const key = useRef(newKey())
  const mailboxes = useMailboxes(kind === 'email').data ?? []
  const known = useCustomer(who).data
  const address = typed.trim()
  const reachable =
    who !== null ? known === undefined || has(known, kind) : kind === 'note' || looksRight(address, kind)

  const target = (): Record<string, unknown> =>
    who !== null
      ? { customerId: who }
      : address === ''
        ? {}
        : {
            customer: {
              name: address,
              identities: [{ kind: kind === 'email' ? 'email' : 'phone', value: address }],
            },
          }
  const actions = draft.actions?.reply ?? []
  const mail = kind === 'email'
  const text = plainText(draft.reply, mail ? '\n\n' : '\n')
  const fill = (macro: Macro) => {
    const words = filled(macro, { customer: known, agent: me, subject: form.subject })
    change(old => ({ actions: { reply: planned(old.actions?.reply ?? [], macro.actions) } }))
    if (words.unknown.length > 0) {
      bench.toast(t('macro.undefined', { names: words.unknown.join(', ') }), { tone: 'error', seconds: 7 })
    }
    return words
  }
  const submit = async () => {
    if (!ready || busy) return
    if (files.uploading > 0) {
      bench.toast(t('composer.uploading', { count: files.uploading }))
      return
    }
    setBusy(true)
    const here = location.pathname
    const done = await attempt({ bench, t }, async () => {
      if (kind === 'phone') {
        const about = ticketId !== undefined && who === customer?.id ? { ticketId } : {}
        await placeCall({ ...(who !== null ? { customerId: who } : { number: address }), ...about })
        await client.invalidateQueries({ queryKey: keys.calls })
        bench.toast(t('said.calling'))
        return
      }
      const ticket = await ticketApi.create(
        {
          ...target(),
          channel: kind,
          text,
          subject: form.subject || text.split('\n')[0]?.slice(0, 80),
          priority: form.priority,
          assignee: me.id,
          ...(mail ? { html: draft.reply } : {}),
          ...(mail && draft.cc !== undefined && draft.cc.length > 0 ? { cc: draft.cc } : {}),
          ...(mail && draft.attachments.length > 0
            ? { attachmentIds: draft.attachments.map(it => it.id) }
            : {}),
          ...doneWith(actions, teams),
          ...(kind === 'email' && form.from !== null ? { from: form.from } : {}),
        },
        key.current,
      )
      await client.invalidateQueries({ queryKey: keys.ticketLists })
      if (location.pathname === here) router.history.push(`/console/inbox/mine/${ticket.id}`)
      bench.toast(t(kind === 'note' ? 'said.ticketMade' : 'said.sent'))
    })
    setBusy(false)
    if (done) onClose()
  }
  const ready =
    (who !== null || address !== '' || kind === 'note') &&
    reachable &&
    (kind === 'phone' || !isBlank(draft.reply))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('command.newTicket')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        className={css.form}
        onSubmit={event => {
          event.preventDefault()
          void submit()
        }}
      >
        <SegmentedControl
          value={kind}
          onChange={it => setKind(it as Kind)}
          aria-label={t('outbound.kind')}
          data={kinds.map(it => ({ value: it, label: t(`outbound.${it}`) }))}
        />
        <Who
          label={t(mail ? 'outbound.toEmail' : kind === 'note' ? 'outbound.about' : 'outbound.toPhone')}
          typed={typed}
          who={who}
          required={kind !== 'note'}
          complete={kind !== 'note' && address !== '' && looksRight(address, kind)}
          onType={words => {
            setTyped(words)
            setWho(null)
          }}
          onPick={(id, name) => {
            setWho(id)
            setTyped(name)
          }}
        />
        {!reachable && (
          <p className={css.hint} role="alert">
            <Icon name="alert" size={14} />
            {t(kind === 'email' ? 'outbound.noEmail' : 'outbound.noPhone')}
          </p>
        )}
        {kind === 'phone' && (
          <p className={css.hint}>
            {me.phone ? t('outbound.rings', { phone: me.phone }) : t('outbound.noOwnPhone')}
          </p>
        )}
        {kind === 'email' && mailboxes.length > 1 && (
          <Select
            label={t('outbound.from')}
            value={form.from ?? mailboxes[0]?.id ?? null}
            onChange={from => setForm({ ...form, from })}
            allowDeselect={false}
            data={mailboxes.map(it => ({ value: it.id, label: `${it.name} <${it.address}>` }))}
          />
        )}
        {kind === 'email' && (
          <AddressInput
            label={t('mail.ccLabel')}
            value={draft.cc ?? []}
            onChange={cc => change({ cc })}
          />
        )}
        {(kind === 'email' || kind === 'note') && (
          <TextInput
            label={t('outbound.subject')}
            value={form.subject}
            onChange={event => setForm({ ...form, subject: event.currentTarget.value })}
            required
          />
        )}
        {kind !== 'phone' && (
          <Writing
            label={t(kind === 'note' ? 'outbound.noteText' : 'outbound.text')}
            draft={draft}
            change={change}
            mail={mail}
            files={files}
            fill={fill}
            onSend={() => void submit()}
          />
        )}
        {kind !== 'phone' && (
          <Planned actions={actions} note={kind === 'note'} onChange={reply => change({ actions: { reply } })} />
        )}
        <div className={css.bottom}>
          {kind === 'sms' && text !== '' && (
            <span className={css.hint}>{t('composer.smsParts', { count: smsParts(text) })}</span>
          )}
          {kind !== 'phone' && (
            <Select
              size="xs"
              w={140}
              aria-label={t('ticket.priority')}
              value={form.priority}
              onChange={it => setForm({ ...form, priority: priorities.find(one => one === it) ?? 'normal' })}
              allowDeselect={false}
              data={priorities.map(it => ({ value: it, label: t(`priority.${it}`) }))}
            />
          )}
          <Button
            type="submit"
            size="sm"
            loading={busy}
            disabled={!ready}
            leftSection={<Icon name={kind === 'phone' ? 'phone' : kind === 'note' ? 'plus' : 'send'} />}
          >
            {t(kind === 'phone' ? 'outbound.callNow' : kind === 'note' ? 'outbound.make' : 'composer.send')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** The changes to the ticket from the macros that were used. */
function doneWith(actions: readonly MacroAction[], teams: readonly { id: string; name: string }[]) {
  const value = (kind: MacroAction['kind']) => actions.findLast(it => it.kind === kind)?.value ?? undefined
  const tags = actions.flatMap(it => (it.kind === 'tag' && it.value ? [it.value] : []))
  const team = value('team')
  const status = plannedStatus(actions)
  return {
    ...(tags.length > 0 ? { tags } : {}),
    ...(team !== undefined ? { team: teams.find(it => it.id === team || it.name === team)?.id ?? team } : {}),
    ...(value('priority') !== undefined ? { priority: value('priority') } : {}),
    ...(status === 'pending' || status === 'solved' ? { thenStatus: status } : {}),
  }
}

function has(customer: Customer, kind: Kind): boolean {
  return kind === 'note' || customer.identities.some(it => it.kind === (kind === 'email' ? 'email' : 'phone'))
}

function looksRight(address: string, kind: Kind): boolean {
  return (
    address === '' ||
    (kind === 'email' ? addressIn(address) === address : /^\+?[\d\s().-]{5,}$/.test(address))
  )
}
