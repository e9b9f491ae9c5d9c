import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ReplyLine } from '@/api-types'
import css from './composer.module.css'

interface ReplyGoesProps {
  line: ReplyLine | undefined
  /** The recipients of the reply. */
  to: readonly string[] | undefined
  choose(to: string[]): void
}

/**
 * Warns that the mail asks for answers at an address that isn't known to be the customer's, and shows who will get the
 * reply.
 */
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
