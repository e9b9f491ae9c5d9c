import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ReplyLine } from '@/api-types'
import css from './composer.module.css'

interface ReplyGoesProps {
  line: ReplyLine | undefined
  /** Whom the answer will go to. */
  to: readonly string[] | undefined
  choose(to: string[]): void
}

/** A mail asks to be answered at an address by which its customer is not known: the writer is told who reads it. */
export function ReplyGoes({ line, to, choose }: ReplyGoesProps) {
  const { t } = useTranslation()
  if (line === undefined || to === undefined || line.elsewhere.length === 0) return null
  const strangers = to.filter(it => line.elsewhere.includes(it))
  const elsewhere = line.elsewhere.join(', ')
  return (
    <div className={css.warning} role="note">
      {strangers.length > 0 ? (
        t('proof.goesElsewhere', { to: strangers.join(', ') })
      ) : (
        <>
          <span>{t('proof.staysHere', { elsewhere, to: to.join(', ') })}</span>
          <Button size="compact-xs" variant="default" onClick={() => choose(line.elsewhere)}>
            {t('proof.use', { elsewhere })}
          </Button>
        </>
      )}
    </div>
  )
}
