import { ActionIcon, Button, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { PhoneNumber } from '@/api-types'
import { language, languages, type Language } from '@/i18n'
import { keys } from '@/server/keys'
import { useNumbers } from '@/server/lists'
import { useTeams } from '@/server/people'
import { Icon } from '@/ui/icons'
import { regions } from '@/ui/regions'
import { EmptyState } from '@/ui/State'
import { AddButton, FormDialog, Head, Line, Loaded, useForm } from './parts'
import css from './settings.module.css'

export function Numbers() {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const teams = useTeams().data ?? []
  const [open, setOpen] = useState<PhoneNumber | 'new' | null>(null)
  return (
    <>
      <Head title={t('settings.numbers')} text={t('numbers.text')}>
        <AddButton label={t('numbers.new')} onClick={() => setOpen('new')} />
      </Head>
      <Loaded query={numbers}>
        {list =>
          list.length === 0 ? (
            <EmptyState icon="phone" title={t('numbers.none')} />
          ) : (
            <div className={css.lines}>
              {list.map(it => (
                <Line
                  key={it.id}
                  title={it.name}
                  text={<span className="num">{it.number}</span>}
                  onClick={() => setOpen(it)}
                  end={teams.find(team => team.id === it.teamId)?.name}
                />
              ))}
            </div>
          )
        }
      </Loaded>
      {open !== null && <Edit number={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Edit({ number, onClose }: { number: PhoneNumber | null; onClose(): void }) {
  const { t } = useTranslation()
  const teams = (useTeams().data ?? []).map(it => ({ value: it.id, label: it.name }))
  const form = useForm({
    number: number?.number ?? '',
    name: number?.name ?? '',
    teamId: number?.teamId ?? null,
    greeting: number?.greeting ?? '',
    menu: number?.menu ?? [],
    voicemail: number?.voicemail ?? true,
    region: number?.region ?? null,
    waitSecondsMax: number?.waitSecondsMax ?? 300,
  })
  const { values, set } = form
  const countries = regions(language())
  const version = number?.version === undefined ? {} : { version: number.version }
  const after = { refresh: keys.numbers, done: onClose }
  const submit = form.save(
    it =>
      number === null ? api.post('/numbers', it) : api.patch(`/numbers/${number.id}`, { ...it, ...version }),
    after,
  )
  const remove = form.save(() => api.delete(`/numbers/${number?.id ?? ''}`), {
    ...after,
    said: t('said.deleted'),
  })
  const choice = (at: number, patch: Partial<PhoneNumber['menu'][number]>) =>
    set({ menu: values.menu.map((it, index) => (index === at ? { ...it, ...patch } : it)) })
  return (
    <FormDialog
      size="lg"
      title={number?.name ?? t('numbers.new')}
      busy={form.busy}
      onSubmit={event => void submit(event)}
      onClose={onClose}
      onDelete={number === null ? undefined : () => void remove()}
    >
      <div className={css.two}>
        <TextInput
          label={t('numbers.number')}
          type="tel"
          placeholder="+15005550006"
          required
          data-autofocus
          {...form.text('number')}
        />
        <TextInput label={t('customer.name')} required {...form.text('name')} />
      </div>
      <Select
        label={t('ticket.team')}
        clearable
        value={values.teamId}
        onChange={teamId => set({ teamId })}
        data={teams}
      />
      <div className={css.two}>
        <Select
          label={t('line.region')}
          description={t('line.regionText')}
          searchable
          value={values.region}
          onChange={region => set({ region })}
          data={countries}
        />
        <NumberInput
          label={t('line.wait')}
          description={t('line.waitText')}
          min={0.5}
          max={60}
          step={0.5}
          value={values.waitSecondsMax / 60}
          onChange={minutes => set({ waitSecondsMax: Math.round(Number(minutes) * 60) })}
        />
      </div>
      <Textarea label={t('numbers.greeting')} autosize minRows={2} {...form.text('greeting')} />
      <fieldset className={css.menu}>
        <legend>{t('numbers.menu')}</legend>
        {values.menu.map((it, at) => (
          <div key={at} className={css.menuRow}>
            <TextInput
              size="xs"
              w={46}
              aria-label={t('numbers.digit')}
              value={it.digit}
              maxLength={1}
              onChange={event => choice(at, { digit: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              aria-label={t('numbers.label')}
              placeholder={t('numbers.label')}
              value={it.label}
              onChange={event => choice(at, { label: event.currentTarget.value })}
            />
            <Select
              size="xs"
              aria-label={t('ticket.team')}
              placeholder={t('ticket.team')}
              value={it.teamId}
              onChange={teamId => choice(at, { teamId })}
              data={teams}
            />
            <Select
              size="xs"
              w={120}
              aria-label={t('line.language')}
              placeholder={t('line.sameLanguage')}
              clearable
              value={it.language}
              onChange={language => choice(at, { language: language === null ? null : (language as Language) })}
              data={languages.map(one => ({ value: one, label: t(`language.${one}`) }))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('action.delete')}
              onClick={() => set({ menu: values.menu.filter((_, index) => index !== at) })}
            >
              <Icon name="trash" />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Icon name="plus" size={13} />}
          onClick={() =>
            set({
              menu: [
                ...values.menu,
                { digit: String(values.menu.length + 1), label: '', teamId: null, language: null },
              ],
            })
          }
        >
          {t('numbers.addChoice')}
        </Button>
      </fieldset>
      <Switch
        label={t('numbers.voicemail')}
        checked={values.voicemail}
        onChange={event => set({ voicemail: event.currentTarget.checked })}
      />
    </FormDialog>
  )
}
