import {
  Alert,
  Button,
  Fieldset,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Mailbox, MailboxTest, MailServer } from '@/api-types'
import { attempt } from '@/commands/change'
import { keys } from '@/server/keys'
import { useMailboxes } from '@/server/lists'
import { useTeams } from '@/server/people'
import { EmptyState } from '@/ui/State'
import { useWorkbench } from '@/workbench/Workbench'
import { AddButton, FormDialog, Head, Line, Loaded, useForm } from './parts'
import css from './settings.module.css'

export function Mailboxes() {
  const { t } = useTranslation()
  const mailboxes = useMailboxes()
  const teams = useTeams().data ?? []
  const [open, setOpen] = useState<Mailbox | 'new' | null>(null)
  return (
    <>
      <Head title={t('settings.mailboxes')} text={t('mailboxes.text')}>
        <AddButton label={t('mailboxes.new')} onClick={() => setOpen('new')} />
      </Head>
      <Loaded query={mailboxes}>
        {list =>
          list.length === 0 ? (
            <EmptyState icon="mail" title={t('mailboxes.none')} />
          ) : (
            <div className={css.lines}>
              {list.map(it => (
                <Line
                  key={it.id}
                  title={it.name}
                  text={
                    it.aliases.length === 0
                      ? it.address
                      : `${it.address} · ${t('mailDesk.aliasesList', { addresses: it.aliases.join(', ') })}`
                  }
                  onClick={() => setOpen(it)}
                  end={teams.find(team => team.id === it.teamId)?.name}
                />
              ))}
            </div>
          )
        }
      </Loaded>
      {open !== null && <Edit mailbox={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

const noServer = (port: number): MailServer => ({ host: '', port, tls: true, user: '', password: null })

function Edit({ mailbox, onClose }: { mailbox: Mailbox | null; onClose(): void }) {
  const { t } = useTranslation()
  const teams = useTeams().data ?? []
  const form = useForm({
    name: mailbox?.name ?? '',
    address: mailbox?.address ?? '',
    aliases: mailbox?.aliases ?? [],
    teamId: mailbox?.teamId ?? null,
    signature: mailbox?.signature ?? '',
    autoAcknowledge: mailbox?.autoAcknowledge ?? false,
    trustedAuthserv: mailbox?.trustedAuthserv ?? '',
    importExisting: mailbox?.importExisting ?? false,
    imap: mailbox?.imap ?? noServer(993),
    smtp: mailbox?.smtp ?? noServer(465),
  })
  const { values, set } = form
  const body = (it: typeof values) => ({
    ...it,
    imap: it.imap.host === '' ? null : it.imap,
    smtp: it.smtp.host === '' ? null : it.smtp,
    trustedAuthserv: it.trustedAuthserv || null,
    ...(mailbox === null ? {} : { version: mailbox.version }),
  })
  const after = { refresh: keys.mailboxes, done: onClose }
  const submit = form.save(
    it =>
      mailbox === null ? api.post('/mailboxes', body(it)) : api.patch(`/mailboxes/${mailbox.id}`, body(it)),
    after,
  )
  const remove = form.save(() => api.delete(`/mailboxes/${mailbox?.id ?? ''}`), {
    ...after,
    said: t('said.deleted'),
  })
  return (
    <FormDialog
      size="lg"
      title={mailbox?.name ?? t('mailboxes.new')}
      busy={form.busy}
      onSubmit={event => void submit(event)}
      onClose={onClose}
      onDelete={mailbox === null ? undefined : () => void remove()}
    >
      <div className={css.two}>
        <TextInput label={t('customer.name')} required data-autofocus {...form.text('name')} />
        <TextInput label={t('mailboxes.address')} type="email" required {...form.text('address')} />
      </div>
      <TagsInput
        label={t('mailDesk.aliases')}
        description={t('mailDesk.aliasesText')}
        value={values.aliases}
        error={form.errors.aliases}
        onChange={aliases => set({ aliases })}
        maxTags={50}
        acceptValueOnBlur
        splitChars={[',', ';', ' ']}
      />
      <Select
        label={t('ticket.team')}
        clearable
        value={values.teamId}
        onChange={teamId => set({ teamId })}
        data={teams.map(it => ({ value: it.id, label: it.name }))}
      />
      <Server
        legend={t('mailboxes.imap')}
        value={values.imap}
        onChange={imap => set({ imap })}
        kept={Boolean(mailbox?.imap)}
      />
      <Switch
        label={t('mailboxes.import')}
        description={t('mailboxes.importText')}
        checked={values.importExisting}
        onChange={event => set({ importExisting: event.currentTarget.checked })}
      />
      <Server
        legend={t('mailboxes.smtp')}
        value={values.smtp}
        onChange={smtp => set({ smtp })}
        kept={Boolean(mailbox?.smtp)}
      />
      {mailbox !== null && <Test mailbox={mailbox} />}
      <Textarea label={t('profile.signature')} autosize minRows={2} {...form.text('signature')} />
      <TextInput
        label={t('mailboxes.authserv')}
        description={t('mailboxes.authservText')}
        {...form.text('trustedAuthserv')}
      />
      <Switch
        label={t('mailboxes.acknowledge')}
        checked={values.autoAcknowledge}
        onChange={event => set({ autoAcknowledge: event.currentTarget.checked })}
      />
    </FormDialog>
  )
}

function Server({
  legend,
  value,
  onChange,
  kept,
}: {
  legend: string
  value: MailServer
  onChange(value: MailServer): void
  kept: boolean
}) {
  const { t } = useTranslation()
  return (
    <Fieldset legend={legend} className={css.server}>
      <TextInput
        size="xs"
        label={t('mailboxes.host')}
        value={value.host}
        onChange={event => onChange({ ...value, host: event.currentTarget.value })}
      />
      <NumberInput
        size="xs"
        label={t('mailboxes.port')}
        value={value.port}
        min={1}
        max={65535}
        hideControls
        onChange={port => onChange({ ...value, port: Number(port) })}
      />
      <TextInput
        size="xs"
        label={t('mailboxes.user')}
        value={value.user}
        autoComplete="off"
        onChange={event => onChange({ ...value, user: event.currentTarget.value })}
      />
      <PasswordInput
        size="xs"
        label={t('session.password')}
        placeholder={kept ? t('mailboxes.kept') : undefined}
        autoComplete="new-password"
        value={value.password ?? ''}
        visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        onChange={event => onChange({ ...value, password: event.currentTarget.value || null })}
      />
      <Switch
        size="xs"
        label="TLS"
        checked={value.tls !== false}
        onChange={event => onChange({ ...value, tls: event.currentTarget.checked })}
      />
    </Fieldset>
  )
}

function Test({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<MailboxTest | null>(null)
  const run = async () => {
    setBusy(true)
    await attempt({ bench, t }, async () =>
      setResult(await api.post<MailboxTest>(`/mailboxes/${mailbox.id}/test`)),
    )
    setBusy(false)
  }
  return (
    <div className={css.test}>
      <Button variant="default" loading={busy} onClick={() => void run()}>
        {t('mailboxes.test')}
      </Button>
      {result !== null &&
        (['imap', 'smtp'] as const).map(
          side =>
            result[side] !== null && (
              <Alert key={side} color={result[side].ok ? 'teal' : 'red'} p="xs">
                {side.toUpperCase()}:{' '}
                {result[side].detail || t(result[side].ok ? 'mailboxes.ok' : 'mailboxes.failed')}
              </Alert>
            ),
        )}
    </div>
  )
}
