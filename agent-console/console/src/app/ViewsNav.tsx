import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ViewName } from '@/api-types'
import { palette } from '@/commands/app'
import { useCommandContext } from '@/commands/CommandProvider'
import { useTeams } from '@/server/people'
import { useViews } from '@/server/tickets'
import { Icon, type IconName } from '@/ui/icons'
import { Keys } from '@/ui/Keys'
import { Roving } from '@/ui/Roving'
import css from './shell.module.css'

export const viewIcons: Record<ViewName, IconName> = {
  mine: 'user',
  unassigned: 'userQuestion',
  mentions: 'at',
  open: 'inbox',
  pending: 'hourglass',
  snoozed: 'clock',
  solved: 'checkCircle',
  all: 'layers',
  chats: 'chat',
  calls: 'phone',
}
const main: readonly ViewName[] = [
  'mine',
  'unassigned',
  'mentions',
  'open',
  'pending',
  'snoozed',
  'solved',
  'all',
]
const channels: readonly ViewName[] = ['chats', 'calls']

export function ViewsNav() {
  const { t } = useTranslation()
  const read = useCommandContext()
  const teams = useTeams().data ?? []
  return (
    <Roving className={css.nav} role="navigation" label={t('nav.views')}>
      <button type="button" className={css.jump} onClick={() => void palette.run(read())}>
        <Icon name="search" />
        <span>{t('app.jump')}</span>
        <Keys shortcut="mod+k" />
      </button>
      <div className={css.heading}>{t('nav.views')}</div>
      {main.map(view => (
        <ViewLink key={view} view={view} />
      ))}
      <div className={css.heading}>{t('nav.channels')}</div>
      {channels.map(view => (
        <ViewLink key={view} view={view} />
      ))}
      {teams.length > 0 && <div className={css.heading}>{t('nav.teams')}</div>}
      {teams.map(team => (
        <Link
          key={team.id}
          to="/inbox/$view"
          params={{ view: 'open' }}
          search={{ team: team.id }}
          className={css.view}
          activeOptions={{ includeSearch: true }}
        >
          <Icon name="team" />
          <span className={css.viewName}>{team.name}</span>
        </Link>
      ))}
    </Roving>
  )
}

function ViewLink({ view }: { view: ViewName }) {
  const { t } = useTranslation()
  const known = useViews().data?.find(it => it.view === view)
  return (
    <Link to="/inbox/$view" params={{ view }} className={css.view} activeOptions={{ includeSearch: false }}>
      <Icon name={viewIcons[view]} />
      <span className={css.viewName}>{t(`view.${view}`)}</span>
      {known !== undefined && view !== 'all' && view !== 'solved' && (
        <span
          className={css.count}
          data-unread={known.unread > 0}
          title={known.unread > 0 ? t('list.unreadCount', { count: known.unread }) : undefined}
        >
          {known.count.toLocaleString()}
        </span>
      )}
    </Link>
  )
}
