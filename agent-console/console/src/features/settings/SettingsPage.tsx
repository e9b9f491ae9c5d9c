import '@/styles/mantine-more'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/server/people'
import { Icon, type IconName } from '@/ui/icons'
import { EmptyState, Waiting } from '@/ui/State'
import css from './settings.module.css'

type Page = LazyExoticComponent<ComponentType>
const pages = [
  {
    id: 'profile',
    icon: 'user',
    admin: false,
    page: lazy(() => import('./Profile').then(it => ({ default: it.Profile }))),
  },
  {
    id: 'security',
    icon: 'lock',
    admin: false,
    page: lazy(() => import('./Security').then(it => ({ default: it.Security }))),
  },
  {
    id: 'macros',
    icon: 'bolt',
    admin: false,
    page: lazy(() => import('./Macros').then(it => ({ default: it.Macros }))),
  },
  {
    id: 'company',
    icon: 'globe',
    admin: true,
    page: lazy(() => import('./Company').then(it => ({ default: it.Company }))),
  },
  {
    id: 'agents',
    icon: 'users',
    admin: true,
    page: lazy(() => import('./Agents').then(it => ({ default: it.Agents }))),
  },
  {
    id: 'teams',
    icon: 'team',
    admin: true,
    page: lazy(() => import('./Teams').then(it => ({ default: it.Teams }))),
  },
  {
    id: 'mailboxes',
    icon: 'mail',
    admin: true,
    page: lazy(() => import('./Mailboxes').then(it => ({ default: it.Mailboxes }))),
  },
  {
    id: 'numbers',
    icon: 'phone',
    admin: true,
    page: lazy(() => import('./Numbers').then(it => ({ default: it.Numbers }))),
  },
  {
    id: 'widget',
    icon: 'chat',
    admin: true,
    page: lazy(() => import('./WidgetSettings').then(it => ({ default: it.WidgetSettings }))),
  },
  {
    id: 'routing',
    icon: 'route',
    admin: true,
    page: lazy(() => import('./RoutingRules').then(it => ({ default: it.RoutingRules }))),
  },
  {
    id: 'ledger',
    icon: 'inbox',
    admin: false,
    page: lazy(() => import('./Ledger').then(it => ({ default: it.Ledger }))),
  },
] as const satisfies readonly { id: string; icon: IconName; admin: boolean; page: Page }[]

/** On a narrow screen the pages are a strip: the open one is brought into sight. */
function show(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

export function SettingsPage() {
  const { t } = useTranslation()
  const { page } = useParams({ strict: false })
  const me = useMe()
  const mine = pages.filter(it => !it.admin || me.role === 'admin')
  const asked = page ?? 'profile'
  const current = mine.find(it => it.id === asked)
  return (
    <div className={css.page}>
      <nav className={css.nav} aria-label={t('nav.settings')}>
        <h1>{t('nav.settings')}</h1>
        {mine.map(it => (
          <Link
            key={it.id}
            to="/settings/$page"
            params={{ page: it.id }}
            data-on={it.id === current?.id}
            ref={it.id === current?.id ? show : null}
          >
            <Icon name={it.icon} />
            <span>{t(`settings.${it.id}`)}</span>
          </Link>
        ))}
      </nav>
      <div className={css.body}>
        {current === undefined ? (
          <NotHere known={pages.some(it => it.id === asked)} />
        ) : (
          <Suspense fallback={<Waiting />}>
            <current.page />
          </Suspense>
        )}
      </div>
    </div>
  )
}

/** For a page that only administrators have, or that nobody has. */
function NotHere({ known }: { known: boolean }) {
  const { t } = useTranslation()
  if (known) return <EmptyState icon="lock" title={t('settings.notAllowed')} />
  return <EmptyState icon="search" title={t('error.noPage')} text={t('error.noPageText')} />
}
