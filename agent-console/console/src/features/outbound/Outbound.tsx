import '@/styles/mantine-more'
import { Button, Modal, SegmentedControl, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '@/api'
import type { ChannelName, Customer } from '@/api-types'
import { attempt } from '@/commands/change'
import { priorities } from '@/commands/priority'
import { placeCall } from '@/server/calls'
import { keys } from '@/server/keys'
import { useMailboxes } from '@/server/lists'
import { useCustomer, useCustomers, useMe } from '@/server/people'
import { ticketApi } from '@/server/tickets'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
import css from './outbound.module.css'

const kinds = ['email', 'sms', 'phone', 'note'] as const
type Kind = (typeof kinds)[number]

interface OutboundProps {
  channel?: ChannelName | 'note'
  customer?: { id: string; name: string | null }
  /** The ticket that a call is about. */
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
    text: '',
    cc: [] as string[],
    priority: 'normal',
    from: null as string | null,
  })
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
  const submit = async () => {
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
          text: form.text,
          subject: form.subject || form.text.split('\n')[0]?.slice(0, 80),
          priority: form.priority,
          assignee: me.id,
          ...(kind === 'email' && form.cc.length > 0 ? { cc: form.cc } : {}),
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
    (kind === 'phone' || form.text.trim() !== '')
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
          kind={kind}
          typed={typed}
          who={who}
          onType={text => {
            setTyped(text)
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
          <TagsInput
            label={t('mail.ccLabel')}
            value={form.cc}
            onChange={cc => setForm({ ...form, cc })}
            acceptValueOnBlur
            splitChars={[',', ';', ' ']}
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
          <Textarea
            label={t(kind === 'note' ? 'outbound.noteText' : 'outbound.text')}
            value={form.text}
            autosize
            minRows={5}
            maxRows={14}
            required
            onChange={event => setForm({ ...form, text: event.currentTarget.value })}
          />
        )}
        <div className={css.bottom}>
          {kind !== 'phone' && (
            <Select
              size="xs"
              w={140}
              aria-label={t('ticket.priority')}
              value={form.priority}
              onChange={it => setForm({ ...form, priority: it ?? 'normal' })}
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

function has(customer: Customer, kind: Kind): boolean {
  return kind === 'note' || customer.identities.some(it => it.kind === (kind === 'email' ? 'email' : 'phone'))
}

function looksRight(address: string, kind: Kind): boolean {
  return (
    address === '' ||
    (kind === 'email' ? /^[^\s@]+@[^\s@]+$/.test(address) : /^\+?[\d\s().-]{5,}$/.test(address))
  )
}

/** A customer by name, or an address that is typed. */
function Who({
  kind,
  typed,
  who,
  onType,
  onPick,
}: {
  kind: Kind
  typed: string
  who: string | null
  onType(text: string): void
  onPick(id: string, name: string): void
}) {
  const { t } = useTranslation()
  const [asked] = useDebouncedValue(typed.trim(), 120)
  const found = useCustomers(asked, who === null && asked.length > 1).data?.pages[0]?.items.slice(0, 5) ?? []
  return (
    <div>
      <TextInput
        label={t(
          kind === 'email' ? 'outbound.toEmail' : kind === 'note' ? 'outbound.about' : 'outbound.toPhone',
        )}
        value={typed}
        data-autofocus
        leftSection={<Icon name={who === null ? 'search' : 'user'} size={14} />}
        onChange={event => onType(event.currentTarget.value)}
        autoComplete="off"
        required={kind !== 'note'}
      />
      {who === null && found.length > 0 && (
        <div className={css.found} role="listbox" aria-label={t('nav.customers')}>
          {found.map(it => (
            <button
              type="button"
              role="option"
              aria-selected="false"
              key={it.id}
              onClick={() => onPick(it.id, it.name || (it.identities[0]?.value ?? ''))}
            >
              <b>{it.name || t('customer.unnamed')}</b>
              <span>{it.identities.map(one => one.value).join(' · ')}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
