import { Badge, Button, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, api } from '@/api'
import type { OwnSession, Page } from '@/api-types'
import { keys } from '@/server/keys'
import { browserName } from '@/ui/browserName'
import { passwordRefusal } from '@/ui/passwordRefusal'
import { dateTime } from '@/ui/time'
import { useWorkbench } from '@/workbench/Workbench'
import { Head, Loaded } from './parts'
import css from './settings.module.css'

export function Security() {
  const { t } = useTranslation()
  return (
    <>
      <Head title={t('account.title')} text={t('account.text')} />
      <ChangePassword />
      <hr />
      <Sessions />
    </>
  )
}

const nothing = { current: '', password: '' }

function ChangePassword() {
  const { t } = useTranslation()
  const { toast } = useWorkbench()
  const [values, setValues] = useState(nothing)
  const [refused, setRefused] = useState<{ field: string; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setRefused(null)
    try {
      await api.post('/password/change', values)
      setValues(nothing)
      toast(t('account.changed'))
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError(0, 'offline', '')
      const field = error.errors[0]?.field === 'current' ? 'current' : 'password'
      setRefused({ field, text: passwordRefusal(error, t) })
    } finally {
      setBusy(false)
    }
  }
  const input = (name: 'current' | 'password') => ({
    value: values[name],
    error: refused?.field === name && refused.text,
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
    required: true,
    visibilityToggleButtonProps: { 'aria-label': t('session.showPassword') },
  })
  return (
    <form className={css.form} onSubmit={event => void submit(event)}>
      <PasswordInput label={t('account.current')} autoComplete="current-password" {...input('current')} />
      <PasswordInput
        label={t('account.wanted')}
        description={t('session.passwordRule')}
        minLength={8}
        autoComplete="new-password"
        {...input('password')}
      />
      <div className={css.actions}>
        <Button type="submit" loading={busy}>
          {t('account.change')}
        </Button>
      </div>
    </form>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const { toast } = useWorkbench()
  const sessions = useQuery({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => api.get<Page<OwnSession>>('/sessions', signal),
    select: page => page.items,
  })
  const end = async (path: string, said: string) => {
    try {
      await api.delete(path)
      toast(said)
    } catch (cause) {
      toast(cause instanceof ApiError ? cause.message : t('error.offline'), { tone: 'error' })
    }
    await sessions.refetch()
  }
  return (
    <>
      <Head title={t('account.sessions')} text={t('account.sessionsText')}>
        <Button variant="default" onClick={() => void end('/sessions', t('account.endedOthers'))}>
          {t('account.endOthers')}
        </Button>
      </Head>
      <Loaded query={sessions}>
        {list => (
          <ul className={css.sessions}>
            {list.map(it => (
              <SessionLine
                key={it.id}
                session={it}
                onEnd={() => void end(`/sessions/${it.id}`, t('account.ended'))}
              />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  )
}

function SessionLine({ session, onEnd }: { session: OwnSession; onEnd(): void }) {
  const { t } = useTranslation()
  const name =
    session.kind === 'api'
      ? t('account.token')
      : (browserName(session.client) ?? t('account.unknownClient'))
  return (
    <li className={css.session}>
      <span className={css.lineText}>
        <b>
          {name} {session.name !== '' && session.name}{' '}
          {session.current && <Badge>{t('account.thisOne')}</Badge>}
        </b>
        <small>
          {t('account.line', {
            address: session.address === '' ? '—' : session.address,
            since: dateTime(session.createdAt),
            seen: dateTime(session.seenAt),
          })}
        </small>
      </span>
      {!session.current && (
        <Button variant="default" aria-label={`${t('account.end')}: ${name}`} onClick={onEnd}>
          {t('account.end')}
        </Button>
      )}
    </li>
  )
}
