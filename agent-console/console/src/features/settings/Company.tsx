import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import { keys } from '@/server/keys'
import { useSession } from '@/server/people'
import { Head, useForm } from './parts'
import css from './settings.module.css'

export function Company() {
  const { t } = useTranslation()
  const form = useForm({ name: useSession().settings.companyName })
  const submit = form.save(it => api.patch('/company', it), { refresh: keys.session })
  return (
    <>
      <Head title={t('settings.company')} text={t('company.text')} />
      <form className={css.form} onSubmit={event => void submit(event)}>
        <TextInput label={t('company.name')} required maxLength={100} {...form.text('name')} />
        <div className={css.actions}>
          <Button type="submit" loading={form.busy} disabled={form.values.name.trim() === ''}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </>
  )
}
