import { lazy, Suspense, useEffect, useState } from 'react'
import { onPasswordNeeded } from '@/api'
import { withWords } from '@/i18n'

const PasswordDialog = lazy(() =>
  withWords(import('./PasswordDialog')).then(it => ({ default: it.PasswordDialog })),
)

/** Asks for the password when the server requires it; the interrupted request then continues. */
export function PasswordAgain() {
  const [answer, setAnswer] = useState<((proven: boolean) => void) | null>(null)
  useEffect(() => onPasswordNeeded(() => new Promise(resolve => setAnswer(() => resolve))), [])
  if (answer === null) return null
  const over = (proven: boolean) => {
    answer(proven)
    setAnswer(null)
  }
  return (
    <Suspense>
      <PasswordDialog onOver={over} />
    </Suspense>
  )
}
