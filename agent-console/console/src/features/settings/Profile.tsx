import { Button, SegmentedControl, Select, Textarea, TextInput, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import { language, languages, setLanguage, type Language } from '@/i18n'
import { askToNotify } from '@/live/notify'
import { keys } from '@/server/keys'
import { useSession } from '@/server/people'
import { Head, useForm } from './parts'
import css from './settings.module.css'

export function Profile() {
  const { t } = useTranslation()
  const { agent: me, signature } = useSession()
  const form = useForm({ name: me.name, phone: me.phone ?? '', signature: signature })
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [notify, setNotify] = useState('Notification' in window ? Notification.permission : 'denied')
  const submit = form.save(values => api.patch('/agents/me', values), { refresh: keys.session })
  const choose = async (to: Language) => {
    await setLanguage(to)
    await api.patch('/agents/me', { language: to }).catch(() => undefined)
  }
  return (
    <>
      <Head title={t('settings.profile')} text={me.email} />
      <form className={css.form} onSubmit={event => void submit(event)}>
        <TextInput label={t('customer.name')} {...form.text('name')} required />
        <TextInput
          label={t('profile.phone')}
          description={t('profile.phoneText')}
          type="tel"
          {...form.text('phone')}
        />
        <Textarea
          label={t('profile.signature')}
          description={t('profile.signatureText')}
          autosize
          minRows={3}
          {...form.text('signature')}
        />
        <div className={css.actions}>
          <Button type="submit" loading={form.busy}>
            {t('action.save')}
          </Button>
        </div>
      </form>
      <hr />
      <div className={css.form}>
        <Select
          label={t('profile.language')}
          value={language()}
          allowDeselect={false}
          onChange={it => void choose(it === 'zh-CN' ? 'zh-CN' : 'en')}
          data={languages.map(it => ({ value: it, label: t(`language.${it}`) }))}
        />
        <div>
          <div className={css.label}>{t('profile.theme')}</div>
          <SegmentedControl
            value={colorScheme}
            onChange={it => setColorScheme(it === 'dark' ? 'dark' : it === 'light' ? 'light' : 'auto')}
            aria-label={t('profile.theme')}
            data={(['light', 'dark', 'auto'] as const).map(it => ({ value: it, label: t(`theme.${it}`) }))}
          />
        </div>
        <div className={css.inline}>
          <div>
            <div className={css.label}>{t('profile.notifyTitle')}</div>
            <small>{t(`profile.notifyState.${notify === 'default' ? 'ask' : notify}`)}</small>
          </div>
          {notify === 'default' && (
            <Button variant="default" onClick={() => void askToNotify().then(setNotify)}>
              {t('profile.allow')}
            </Button>
          )}
        </div>
      </div>
    </>
  )
}
