import { Alert, Button, MultiSelect, Select, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { CompanySettings } from '@/api-types'
import { language } from '@/i18n'
import { keys } from '@/server/keys'
import { regions } from '@/ui/regions'
import { Head, Loaded, useForm } from './parts'
import css from './settings.module.css'

export function Company() {
  const { t } = useTranslation()
  const company = useQuery({
    queryKey: keys.company,
    queryFn: ({ signal }) => api.get<CompanySettings>('/company', signal),
  })
  return (
    <>
      <Head title={t('settings.company')} text={t('company.text')} />
      <Loaded query={company}>{it => <Form key={it.name + it.region} company={it} />}</Loaded>
    </>
  )
}

function Form({ company }: { company: CompanySettings }) {
  const { t } = useTranslation()
  const form = useForm({
    name: company.name,
    region: company.region === '' ? null : company.region,
    callCountries: company.callCountries,
    quoteHistory: company.quoteHistory,
  })
  const submit = form.save(it => api.patch('/company', it), { refresh: keys.session })
  const countries = regions(language())
  return (
    <form className={css.form} onSubmit={event => void submit(event)}>
      <TextInput label={t('company.name')} required maxLength={100} {...form.text('name')} />
      {company.region === '' && (
        <Alert title={t('home.ask')} color="yellow">
          {t('home.askText')}
        </Alert>
      )}
      <Select
        label={t('home.region')}
        description={t('home.regionText')}
        searchable
        value={form.values.region}
        onChange={region => form.set({ region })}
        error={form.errors.region}
        data={countries}
      />
      <MultiSelect
        label={t('home.countries')}
        description={t('home.countriesText')}
        placeholder={form.values.callCountries.length === 0 ? t('home.noCountry') : undefined}
        searchable
        clearable
        hidePickedOptions
        value={form.values.callCountries}
        onChange={callCountries => form.set({ callCountries })}
        error={form.errors.callCountries}
        data={countries}
      />
      <Switch
        label={t('mailDesk.quoteHistory')}
        description={t('mailDesk.quoteHistoryText')}
        checked={form.values.quoteHistory}
        onChange={event => form.set({ quoteHistory: event.currentTarget.checked })}
      />
      <div className={css.actions}>
        <Button type="submit" loading={form.busy} disabled={form.values.name.trim() === ''}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
