import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Agent } from '@/api-types'
import { palette, search } from '@/commands/app'
import { CommandButton } from '@/commands/CommandButton'
import { useCommandContext } from '@/commands/CommandProvider'
import { StatusMenu } from '@/features/status/StatusMenu'
import { useViews } from '@/server/tickets'
import { Avatar } from '@/ui/Avatar'
import { Icon, type IconName } from '@/ui/icons'
import { Mark } from '@/ui/Mark'
import { Roving } from '@/ui/Roving'
import css from './shell.module.css'

const places = [
  { to: '/inbox', go: '/inbox/mine', icon: 'inbox', label: 'nav.inbox' },
  { to: '/customers', go: '/customers', icon: 'users', label: 'nav.customers' },
  { to: '/knowledge', go: '/knowledge', icon: 'book', label: 'nav.knowledge' },
  { to: '/settings', go: '/settings', icon: 'settings', label: 'nav.settings' },
] as const satisfies readonly { to: string; go: string; icon: IconName; label: string }[]

function useUnread(): boolean {
  return (useViews().data ?? []).some(it => (it.view === 'mine' || it.view === 'mentions') && it.unread > 0)
}

export function Rail({ me }: { me: Agent }) {
  const { t } = useTranslation()
  const unread = useUnread()
  return (
    <Roving className={css.rail} role="navigation" label={t('nav.main')}>
      <Link to="/inbox/$view" params={{ view: 'mine' }} className={css.mark} aria-label={t('nav.home')}>
        <Mark size={28} />
      </Link>
      {places.map(place => (
        <Tooltip key={place.to} label={t(place.label)} position="right">
          {place.to === '/inbox' ? (
            <Link
              to="/inbox/$view"
              params={{ view: 'mine' }}
              className={css.railLink}
              aria-label={t(place.label)}
              data-on={location.pathname.startsWith('/console/inbox')}
            >
              <Icon name={place.icon} size={20} />
              {unread && <span className={css.railDot} />}
            </Link>
          ) : (
            <Link to={place.to} className={css.railLink} aria-label={t(place.label)}>
              <Icon name={place.icon} size={20} />
            </Link>
          )}
        </Tooltip>
      ))}
      <div className={css.gap} />
      <CommandButton command={search} />
      <StatusMenu>
        <button
          type="button"
          className={css.me}
          aria-label={t('status.menu', { name: me.name, status: t(`status.${me.status}`) })}
        >
          <Avatar name={me.name} size={28} status={me.status} />
        </button>
      </StatusMenu>
    </Roving>
  )
}

/** The phone's navigation. */
export function BottomBar({ me }: { me: Agent }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const unread = useUnread()
  return (
    <nav className={css.bottom} aria-label={t('nav.main')}>
      <Link
        to="/inbox/$view"
        params={{ view: 'mine' }}
        data-status={location.pathname.startsWith('/console/inbox') ? 'active' : undefined}
      >
        <Icon name="inbox" size={20} />
        {unread && <span className={css.railDot} />}
        {t('nav.inbox')}
      </Link>
      <button type="button" onClick={() => void palette.run(read())}>
        <Icon name="search" size={20} />
        {t('nav.search')}
      </button>
      <Link to="/customers">
        <Icon name="users" size={20} />
        {t('nav.customers')}
      </Link>
      <Link to="/knowledge">
        <Icon name="book" size={20} />
        {t('nav.articles')}
      </Link>
      <StatusMenu>
        <button type="button" title={t('status.menu', { name: me.name, status: t(`status.${me.status}`) })}>
          <Avatar name={me.name} size={22} status={me.status} />
          {t('desk.me')}
        </button>
      </StatusMenu>
    </nav>
  )
}
