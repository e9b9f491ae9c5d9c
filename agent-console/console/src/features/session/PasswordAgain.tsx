import { Alert, Button, Modal, PasswordInput } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, api, onPasswordNeeded } from '@/api'
import { passwordRefusal } from '@/ui/passwordRefusal'
import css from './session.module.css'

/** Asks for the password when the server wants it again; the request that needed it then goes on by itself. */
export function PasswordAgain() {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<((proven: boolean) => void) | null>(null)
  useEffect(() => onPasswordNeeded(() => new Promise(resolve => setAnswer(() => resolve))), [])
  if (answer === null) return null
  const over = (proven: boolean) => {
    answer(proven)
    setAnswer(null)
  }
  return (
    <Modal
      opened
      onClose={() => over(false)}
      title={t('account.again')}
      zIndex={400}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Ask onProven={() => over(true)} />
    </Modal>
  )
}

function Ask({ onProven }: { onProven(): void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await api.post('/session/proof', { password })
      onProven()
    } catch (cause) {
      setError(passwordRefusal(cause instanceof ApiError ? cause : new ApiError(0, 'offline', ''), t))
      setBusy(false)
    }
  }
  return (
    <form className={css.form} onSubmit={event => void submit(event)}>
      <p className={css.lead}>{t('account.againText')}</p>
      {error !== null && (
        <Alert color="red" variant="light" role="alert">
          {error}
        </Alert>
      )}
      <PasswordInput
        label={t('session.password')}
        autoComplete="current-password"
        required
        data-autofocus
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
      />
      <Button type="submit" loading={busy} fullWidth>
        {t('account.againGo')}
      </Button>
    </form>
  )
}
