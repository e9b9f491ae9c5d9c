import '@/styles/mantine-more'
import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, api } from '@/api'
import { language, setLanguage } from '@/i18n'
import { keys } from '@/server/keys'
import { Icon } from '@/ui/icons'
import { Mark } from '@/ui/Mark'
import { passwordRefusal } from '@/ui/passwordRefusal'
import css from './session.module.css'

function Card({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <main className={css.page} id="page">
      <div className={css.card}>
        <Mark size={36} />
        <h1>{title}</h1>
        {text !== undefined && <p className={css.lead}>{text}</p>}
        {children}
      </div>
      <button
        type="button"
        className={css.language}
        onClick={() => void setLanguage(language() === 'en' ? 'zh-CN' : 'en')}
      >
        <Icon name="language" /> {t('app.otherLanguage')}
      </button>
    </main>
  )
}

/** One submit at a time, with the server's refusal in words. */
function useSubmit(work: (form: FormData) => Promise<void>, refusal: (error: ApiError) => string | null) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await work(new FormData(event.currentTarget))
    } catch (cause) {
      const api = cause instanceof ApiError ? cause : new ApiError(0, 'offline', '')
      setError(api.status === 0 ? t('error.offline') : (refusal(api) ?? api.message))
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, onSubmit }
}

const field = (form: FormData, name: string) => String(form.get(name) ?? '')

export function SignIn() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  const { back } = useSearch({ from: '/sign-in' })
  const { busy, error, onSubmit } = useSubmit(
    async form => {
      await api.post('/session', { email: field(form, 'email').trim(), password: field(form, 'password') })
      client.removeQueries({ queryKey: keys.session })
      const target = back !== undefined && back.startsWith('/') && !back.startsWith('//') ? back : '/inbox/mine'
      router.history.push(target.startsWith('/console') ? target : `/console${target}`)
    },
    refused =>
      refused.status === 401 ? t('session.wrong') : refused.status === 429 ? t('session.tooMany') : null,
  )
  return (
    <Card title={t('session.title')}>
      <form className={css.form} onSubmit={onSubmit}>
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {error}
          </Alert>
        )}
        <TextInput
          name="email"
          type="email"
          label={t('session.email')}
          autoComplete="username"
          required
          autoFocus
          size="sm"
        />
        <PasswordInput
          name="password"
          label={t('session.password')}
          autoComplete="current-password"
          required
          size="sm"
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        />
        <Button type="submit" loading={busy} size="sm" fullWidth>
          {t('session.signIn')}
        </Button>
        <Link to="/forgot" className={css.quiet}>
          {t('session.forgot')}
        </Link>
      </form>
    </Card>
  )
}

export function Forgot() {
  const { t } = useTranslation()
  const [sent, setSent] = useState(false)
  const { busy, error, onSubmit } = useSubmit(
    async form => {
      await api.post('/password/forgot', { email: field(form, 'email').trim() })
      setSent(true)
    },
    () => null,
  )
  return (
    <Card title={t('session.forgotTitle')} text={sent ? t('session.forgotSent') : t('session.forgotText')}>
      <form className={css.form} onSubmit={onSubmit}>
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {error}
          </Alert>
        )}
        {!sent && (
          <>
            <TextInput
              name="email"
              type="email"
              label={t('session.email')}
              autoComplete="username"
              required
              autoFocus
              size="sm"
            />
            <Button type="submit" loading={busy} size="sm" fullWidth>
              {t('session.sendLink')}
            </Button>
          </>
        )}
        <Link to="/sign-in" className={css.quiet}>
          {t('session.backToSignIn')}
        </Link>
      </form>
    </Card>
  )
}

function NewPassword({ title, text, token }: { title: string; text: string; token: string | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [dead, setDead] = useState(token === undefined)
  const { busy, error, onSubmit } = useSubmit(
    async form => {
      await api.post('/password/reset', { token: token ?? '', password: field(form, 'password') })
      await navigate({ to: '/sign-in' })
    },
    refused => {
      if (refused.status !== 404) return passwordRefusal(refused, t)
      setDead(true)
      return t('session.linkDead')
    },
  )
  return (
    <Card title={title} text={text}>
      <form className={css.form} onSubmit={onSubmit}>
        {(error !== null || dead) && (
          <Alert color="red" variant="light" role="alert">
            {error ?? t('session.linkDead')}
          </Alert>
        )}
        <PasswordInput
          name="password"
          label={t('session.newPassword')}
          disabled={dead}
          description={t('session.passwordRule')}
          minLength={8}
          autoComplete="new-password"
          required
          autoFocus
          size="sm"
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
        />
        <Button type="submit" loading={busy} disabled={dead} size="sm" fullWidth>
          {t('session.setPassword')}
        </Button>
        {dead && (
          <Link to="/forgot" className={css.quiet}>
            {t('session.newLink')}
          </Link>
        )}
        <Link to="/sign-in" className={css.quiet}>
          {t('session.backToSignIn')}
        </Link>
      </form>
    </Card>
  )
}

export function Reset() {
  const { t } = useTranslation()
  const { token } = useSearch({ from: '/reset' })
  return <NewPassword title={t('session.resetTitle')} text={t('session.resetText')} token={token} />
}

export function Invitation() {
  const { t } = useTranslation()
  const { token } = useSearch({ from: '/invitation' })
  return <NewPassword title={t('session.invitationTitle')} text={t('session.invitationText')} token={token} />
}
