import { useTranslation } from 'react-i18next'
import type { MacroAction } from '@/api-types'
import { actionWord } from '@/commands/macro-actions'
import { useTeams } from '@/server/people'
import { Icon } from '@/ui/icons'
import css from './composer.module.css'

/** The actions that will run with the reply; a click removes one. */
export function Planned({
  actions,
  note,
  onChange,
}: {
  actions: readonly MacroAction[]
  note: boolean
  onChange(fresh: MacroAction[]): void
}) {
  const { t } = useTranslation()
  const teams = useTeams().data ?? []
  if (actions.length === 0) return null
  return (
    <div className={css.planned} role="group" aria-label={t('does.label')}>
      <Icon name="bolt" size={14} />
      <span>{t(note ? 'does.withNote' : 'does.withReply')}</span>
      {actions.map(action => {
        const word = actionWord(action, t, teams)
        return (
          <span key={`${action.kind}${action.value}`} className={css.plan}>
            {word}
            <button
              type="button"
              aria-label={t('does.remove', { name: word })}
              onClick={() => onChange(actions.filter(it => it !== action))}
            >
              <Icon name="x" size={12} />
            </button>
          </span>
        )
      })}
    </div>
  )
}
