import { useTranslation } from 'react-i18next'
import { statusCommands } from '@/commands/app'
import { useCommandContext } from '@/commands/CommandProvider'
import { useMe } from '@/server/people'

const reasons = ['missed', 'signed-out', 'no-console', 'unplayed'] as const

/**
 * Explains why the agent gets no work, unless they chose that status, and makes them available again with one click.
 */
export function StatusNotice({ className }: { className: string | undefined }) {
  const { t } = useTranslation()
  const me = useMe()
  const read = useCommandContext()
  const reason = reasons.find(it => it === me.statusReason)
  if (reason === undefined || me.status === 'available') return null
  return (
    <div className={className} role="alert">
      {t(`status.notice.${reason}`)}{' '}
      <button type="button" onClick={() => void statusCommands[0]?.run(read())}>
        {t('status.back')}
      </button>
    </div>
  )
}
