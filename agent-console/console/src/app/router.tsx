import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { ApiError } from '@/api'
import { withWords } from '@/i18n'
import { sessionQuery } from '@/server/people'
import { InboxPage } from './InboxPage'
import { NoSuchPage, NotFound } from './NotFound'
import { Shell } from './Shell'

interface RouterContext {
  client: QueryClient
}

/** The words that a page keeps in its address; everything else there is dropped. */
function words<Name extends string>(...names: Name[]) {
  return (search: Record<string, unknown>): { [N in Name]?: string } => {
    const kept: { [N in Name]?: string } = {}
    for (const name of names) {
      const value = search[name]
      if (value !== undefined && value !== null && value !== '' && typeof value !== 'object')
        kept[name] = String(value)
    }
    return kept
  }
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NoSuchPage })

const session = () => withWords(import('@/features/session/SessionPages'))
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(session, 'SignIn'),
  validateSearch: words('back'),
})
const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(session, 'Forgot'),
})
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(session, 'Reset'),
  validateSearch: words('token'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(session, 'Invitation'),
  validateSearch: words('token'),
})

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(sessionQuery)
    } catch (cause) {
      if (cause instanceof ApiError && cause.status !== 401) throw cause
      throw redirect({ to: '/sign-in', search: { back: location.href } })
    }
  },
  errorComponent: lazyRouteComponent(() => import('./Failure'), 'Failure'),
})

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: 'mine' } })
  },
})
const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox/$view',
  component: InboxPage,
  validateSearch: words('sort', 'status', 'channel', 'team', 'assignee', 'tag', 'q', 'panel'),
})
const ticket = createRoute({ getParentRoute: () => inbox, path: '$ticketId', component: Outlet })
const link = createRoute({
  getParentRoute: () => inside,
  path: '/tickets/$id',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId: params.id } })
  },
})
const customers = createRoute({
  getParentRoute: () => inside,
  path: '/customers',
  component: lazyRouteComponent(() => withWords(import('./CustomersPage')), 'CustomersPage'),
  validateSearch: words('q', 'matches'),
})
const customer = createRoute({ getParentRoute: () => customers, path: '$customerId', component: Outlet })
const knowledge = createRoute({
  getParentRoute: () => inside,
  path: '/knowledge',
  component: lazyRouteComponent(() => withWords(import('@/features/knowledge/KnowledgePage')), 'KnowledgePage'),
  validateSearch: words('q', 'status', 'locale', 'from', 'to'),
})
const article = createRoute({ getParentRoute: () => knowledge, path: '$articleId', component: Outlet })
const searching = createRoute({
  getParentRoute: () => inside,
  path: '/search',
  component: lazyRouteComponent(() => withWords(import('@/features/search/SearchPage')), 'SearchPage'),
  validateSearch: words('q'),
})
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => withWords(import('@/features/settings/SettingsPage')), 'SettingsPage'),
})
const settingsPage = createRoute({ getParentRoute: () => settings, path: '$page', component: Outlet })

const tree = root.addChildren([
  signIn,
  forgot,
  reset,
  invitation,
  inside.addChildren([
    home,
    inbox.addChildren([ticket]),
    link,
    customers.addChildren([customer]),
    knowledge.addChildren([article]),
    searching,
    settings.addChildren([settingsPage]),
  ]),
])

export function newRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/console',
    context: { client },
    defaultPreload: false,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>
  }
}
