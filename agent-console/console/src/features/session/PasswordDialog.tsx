import '@/styles/mantine-more'
import { Alert, Button, Modal, PasswordInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, api } from '@/api'
import { passwordRefusal } from '@/ui/passwordRefusal'
import css from './session.module.css'

export function PasswordDialog({ onOver }: { onOver(proven: boolean): void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={() => onOver(false)}
      title={t('account.again')}
      zIndex={400}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Ask onProven={() => onOver(true)} />
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
