import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Candidate, Decision } from '@/api-types'
import { useMe } from '@/server/people'
import { useRouting } from '@/server/tickets'
import { Avatar } from '@/ui/Avatar'
import { Icon } from '@/ui/icons'
import { EmptyState, ErrorState, Waiting } from '@/ui/State'
import { dateTime, span } from '@/ui/time'
import { reasonOf } from './reasons'
import css from './routing.module.css'

/** Why this ticket went to whom it went: each decision with everybody who was considered. */
export function RoutingPanel({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation()
  const routing = useRouting(ticketId)
  const me = useMe()
  if (routing.isPending) return <Waiting lines={6} />
  if (routing.isError) return <ErrorState error={routing.error} retry={() => void routing.refetch()} />
  if (routing.data.length === 0)
    return <EmptyState icon="route" title={t('routing.none')} text={t('routing.noneText')} />
  const newest = [...routing.data].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <div className={css.panel}>
      <h2>{newest[0]?.chosen?.id === me.id ? t('routing.whyMe') : t('routing.why')}</h2>
      {newest.map((decision, at) => (
        <OneDecision key={`${decision.at}${at}`} decision={decision} open={at === 0} />
      ))}
    </div>
  )
}

const outcomes = ['assigned', 'no-candidate', 'lost-check', 'manual', 'missed', 'declined'] as const

function OneDecision({ decision, open }: { decision: Decision; open: boolean }) {
  const { t } = useTranslation()
  const outcome = outcomes.find(it => it === decision.outcome) ?? 'assigned'
  const candidates = [...decision.candidates].sort(
    (a, b) => Number(b.eligible) - Number(a.eligible) || b.score - a.score,
  )
  return (
    <details className={css.decision} open={open} data-outcome={outcome}>
      <summary>
        <Icon name={outcome === 'manual' ? 'user' : outcome === 'assigned' ? 'route' : 'alert'} />
        <span>
          <b>{t(`routing.outcome.${outcome}`, { name: decision.chosen?.name ?? '' })}</b>
          <time>{dateTime(decision.at)}</time>
        </span>
        <Icon name="chevronDown" size={14} className={css.chevron} />
      </summary>
      {decision.reason && <p>{words(decision.reason, t)}</p>}
      {candidates.map(it => (
        <OneCandidate key={it.agent.id} candidate={it} chosen={it.agent.id === decision.chosen?.id} />
      ))}
    </details>
  )
}

function OneCandidate({ candidate, chosen }: { candidate: Candidate; chosen: boolean }) {
  const { t } = useTranslation()
  const { agent, eligible, loadBefore, capacity, idleSeconds } = candidate
  return (
    <div className={css.candidate} data-eligible={eligible} data-chosen={chosen}>
      <Avatar name={agent.name} size={22} />
      <div className={css.body}>
        <div className={css.line}>
          <b>{agent.name}</b>
          {chosen && (
            <span className={css.chosen}>
              <Icon name="check" size={12} />
              {t('routing.chosen')}
            </span>
          )}
          {!eligible && <span className={css.out}>{t('routing.notEligible')}</span>}
          {candidate.score !== 0 && (
            <span className={css.score} title={t('routing.score')}>
              {Math.round(candidate.score * 100) / 100}
            </span>
          )}
        </div>
        <div className={css.load}>
          <meter min={0} max={capacity || 1} value={loadBefore} aria-label={t('status.load')} />
          <span className="num">
            {loadBefore}/{capacity}
          </span>
          {idleSeconds > 0 && (
            <span className="num">{t('routing.idle', { time: span(idleSeconds * 1000) })}</span>
          )}
        </div>
        {candidate.reasons.length > 0 && (
          <ul>
            {candidate.reasons.map(code => (
              <li key={code}>{words(code, t)}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

/** An unknown reason is shown as it is. */
function words(reason: string, t: TFunction): string {
  const { code, detail } = reasonOf(reason)
  if (code === null) return reason.replace(/-/g, ' ')
  const shown =
    code === 'status'
      ? t(`status.${detail as 'away'}`, { defaultValue: detail })
      : code === 'channel'
        ? t(`channel.${detail as 'chat'}`, { defaultValue: detail })
        : detail
  return t(`routing.reason.${code}`, { detail: shown })
}
