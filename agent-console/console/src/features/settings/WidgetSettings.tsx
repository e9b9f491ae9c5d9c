import { Button, PasswordInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Widget } from '@/api-types'
import { languages } from '@/i18n'
import { keys } from '@/server/keys'
import { useWidget } from '@/server/lists'
import { useTeams } from '@/server/people'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
import { ChatHours, hoursFit } from './ChatHours'
import { Head, Loaded, useForm } from './parts'
import css from './settings.module.css'

export function WidgetSettings() {
  const { t } = useTranslation()
  const widget = useWidget()
  return (
    <>
      <Head title={t('settings.widget')} text={t('widget.text')} />
      <Loaded query={widget}>{it => <Form key={it.version} widget={it} />}</Loaded>
    </>
  )
}

function Form({ widget }: { widget: Widget }) {
  const { t } = useTranslation()
  const { toast } = useWorkbench()
  const teams = useTeams().data ?? []
  const form = useForm({
    name: widget.name,
    color: widget.color,
    greeting: widget.greeting,
    teamId: widget.teamId,
    allowedOrigins: widget.allowedOrigins,
    hours: widget.hours,
    identitySecret: '',
    noSecret: false,
  })
  const { values, set } = form
  const version = { version: widget.version }
  const submit = form.save(
    ({ identitySecret, noSecret, ...it }) =>
      api.patch('/widget', {
        ...it,
        ...version,
        // Left out, the secret stays; an empty one takes it away.
        ...(noSecret ? { identitySecret: '' } : identitySecret === '' ? {} : { identitySecret }),
      }),
    { refresh: keys.widget },
  )
  return (
    <form className={css.form} onSubmit={event => void submit(event)}>
      <div>
        <div className={css.label}>{t('widget.snippet')}</div>
        <p className={css.help}>{t('widget.snippetText')}</p>
        <pre className={css.snippet} tabIndex={0}>
          {widget.snippet}
        </pre>
        <Button
          variant="default"
          leftSection={<Icon name="copy" />}
          onClick={() => void navigator.clipboard.writeText(widget.snippet).then(() => toast(t('said.copied')))}
        >
          {t('item.copy')}
        </Button>
      </div>
      <div className={css.two}>
        <TextInput label={t('widget.name')} required {...form.text('name')} />
        <TextInput label={t('widget.color')} type="color" {...form.text('color')} />
      </div>
      {languages.map(it => (
        <Textarea
          key={it}
          label={t('widget.greeting', { language: t(`language.${it}`) })}
          autosize
          minRows={2}
          maxLength={200}
          value={values.greeting[it] ?? ''}
          onChange={event => set({ greeting: { ...values.greeting, [it]: event.currentTarget.value } })}
        />
      ))}
      <Select
        label={t('ticket.team')}
        clearable
        value={values.teamId}
        onChange={teamId => set({ teamId })}
        data={teams.map(it => ({ value: it.id, label: it.name }))}
      />
      <TagsInput
        label={t('widget.origins')}
        description={t('widget.originsText')}
        value={values.allowedOrigins}
        onChange={allowedOrigins => set({ allowedOrigins })}
        acceptValueOnBlur
      />
      <ChatHours hours={values.hours} onChange={hours => set({ hours })} />
      <PasswordInput
        label={t('widget.secret')}
        description={t(widget.identitySecretSet ? 'widget.secretSet' : 'widget.secretText')}
        autoComplete="off"
        minLength={32}
        maxLength={512}
        disabled={values.noSecret}
        {...form.text('identitySecret')}
      />
      {widget.identitySecretSet && (
        <Switch
          label={t('widget.noSecret')}
          checked={values.noSecret}
          onChange={event => set({ noSecret: event.currentTarget.checked })}
        />
      )}
      <div className={css.actions}>
        <Button type="submit" loading={form.busy} disabled={!hoursFit(values.hours)}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
