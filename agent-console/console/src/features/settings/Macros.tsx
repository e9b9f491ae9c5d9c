import { ActionIcon, Badge, Button, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Macro, MacroAction } from '@/api-types'
import { priorities } from '@/commands/priority'
import { keys } from '@/server/keys'
import { useMacros } from '@/server/lists'
import { useMe, useTeams } from '@/server/people'
import { Icon } from '@/ui/icons'
import { EmptyState } from '@/ui/State'
import { useWorkbench } from '@/workbench/Workbench'
import { AddButton, FormDialog, Head, Line, Loaded, useForm } from './parts'
import css from './settings.module.css'

const kinds = ['status', 'tag', 'assign-me', 'priority', 'team'] as const
const statuses = ['open', 'pending', 'solved'] as const

export function Macros() {
  const { t } = useTranslation()
  const macros = useMacros()
  const me = useMe()
  const { toast } = useWorkbench()
  const [open, setOpen] = useState<Macro | 'new' | null>(null)
  return (
    <>
      <Head title={t('settings.macros')} text={t('macros.text')}>
        <AddButton label={t('macros.new')} onClick={() => setOpen('new')} />
      </Head>
      <Loaded query={macros}>
        {list =>
          list.length === 0 ? (
            <EmptyState icon="bolt" title={t('macros.none')} />
          ) : (
            <div className={css.lines}>
              {list.map(it => (
                <Line
                  key={it.id}
                  title={it.title}
                  text={it.text.replace(/\s+/g, ' ').slice(0, 110)}
                  onClick={() =>
                    me.role !== 'agent' || it.ownerId === me.id ? setOpen(it) : toast(t('macros.others'))
                  }
                  end={
                    <>
                      {it.actions.length > 0 && (
                        <Badge color="gray">{t('macros.actions', { count: it.actions.length })}</Badge>
                      )}
                      {!it.shared && <Badge color="gray">{t('macros.own')}</Badge>}
                    </>
                  }
                />
              ))}
            </div>
          )
        }
      </Loaded>
      {open !== null && <Edit macro={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Edit({ macro, onClose }: { macro: Macro | null; onClose(): void }) {
  const { t } = useTranslation()
  const form = useForm({
    title: macro?.title ?? '',
    text: macro?.text ?? '',
    actions: macro?.actions ?? [],
    shared: macro?.shared ?? true,
  })
  const { values, set } = form
  const after = { refresh: keys.macros, done: onClose }
  const submit = form.save(
    it => (macro === null
      ? api.post('/macros', it)
      : api.patch(`/macros/${macro.id}`, { ...it, html: macro.html, version: macro.version })),
    after,
  )
  const remove = form.save(() => api.delete(`/macros/${macro?.id ?? ''}`), {
    ...after,
    said: t('said.deleted'),
  })
  const action = (at: number, fresh: MacroAction | null) =>
    set({
      actions: values.actions.flatMap((it, index) => (index !== at ? [it] : fresh === null ? [] : [fresh])),
    })
  return (
    <FormDialog
      size="lg"
      title={macro?.title ?? t('macros.new')}
      busy={form.busy}
      onSubmit={event => void submit(event)}
      onClose={onClose}
      onDelete={macro === null ? undefined : () => void remove()}
    >
      <TextInput label={t('macros.title')} required data-autofocus {...form.text('title')} />
      <Textarea
        label={t('macros.body')}
        description={t('macros.variables', {
          a: '{{customer.name}}',
          b: '{{agent.name}}',
          c: '{{ticket.number}}',
        })}
        autosize
        minRows={5}
        {...form.text('text')}
      />
      <fieldset className={css.menu}>
        <legend>{t('macros.then')}</legend>
        {values.actions.map((it, at) => (
          <ActionRow key={at} action={it} onChange={fresh => action(at, fresh)} />
        ))}
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Icon name="plus" size={13} />}
          onClick={() => set({ actions: [...values.actions, { kind: 'status', value: 'pending' }] })}
        >
          {t('macros.addAction')}
        </Button>
      </fieldset>
      <Switch
        label={t('macros.shared')}
        checked={values.shared}
        onChange={event => set({ shared: event.currentTarget.checked })}
      />
    </FormDialog>
  )
}

function ActionRow({ action, onChange }: { action: MacroAction; onChange(fresh: MacroAction | null): void }) {
  const { t } = useTranslation()
  const teams = useTeams().data ?? []
  const options =
    action.kind === 'status'
      ? statuses.map(it => ({ value: it as string, label: t(`ticketStatus.${it}`) }))
      : action.kind === 'priority'
        ? priorities.map(it => ({ value: it as string, label: t(`priority.${it}`) }))
        : action.kind === 'team'
          ? teams.map(it => ({ value: it.id, label: it.name }))
          : null
  return (
    <div className={css.menuRow}>
      <Select
        size="xs"
        aria-label={t('macros.action')}
        value={action.kind}
        allowDeselect={false}
        onChange={it => onChange({ kind: kinds.find(kind => kind === it) ?? 'status', value: null })}
        data={kinds.map(it => ({ value: it, label: t(`macros.kind.${it}`) }))}
      />
      {options !== null && (
        <Select
          size="xs"
          aria-label={t('macros.value')}
          value={action.value ?? null}
          onChange={value => onChange({ ...action, value })}
          data={options}
          required
        />
      )}
      {action.kind === 'tag' && (
        <TextInput
          size="xs"
          aria-label={t('macros.value')}
          value={action.value ?? ''}
          onChange={event => onChange({ ...action, value: event.currentTarget.value })}
          required
        />
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t('action.delete')} onClick={() => onChange(null)}>
        <Icon name="trash" />
      </ActionIcon>
    </div>
  )
}
