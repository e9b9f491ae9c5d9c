import { Button, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Widget } from '@/api-types'
import { keys } from '@/server/keys'
import { useWidget } from '@/server/lists'
import { useTeams } from '@/server/people'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
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
  })
  const { values, set } = form
  const version = { version: widget.version }
  const submit = form.save(it => api.patch('/widget', { ...it, ...version }), { refresh: keys.widget })
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
      <Textarea label={t('numbers.greeting')} autosize minRows={2} {...form.text('greeting')} />
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
      <div className={css.actions}>
        <Button type="submit" loading={form.busy}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
