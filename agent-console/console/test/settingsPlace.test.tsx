import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Agent, Session } from '@/api-types'
import { SettingsPage } from '@/features/settings/SettingsPage'
import { keys } from '@/server/keys'
import { startEnglish } from './stage'

let root: Root | undefined

beforeAll(startEnglish)
afterEach(() => {
  root?.unmount()
  document.body.replaceChildren()
})

async function opened(page: string, role: Agent['role']) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
  client.setQueryData(keys.session, { agent: { id: 'a1', name: 'Mei', role }, settings: {} } as unknown as Session)
  const top = createRootRoute()
  const settings = createRoute({ getParentRoute: () => top, path: '/settings/$page', component: SettingsPage })
  const router = createRouter({
    routeTree: top.addChildren([settings]),
    history: createMemoryHistory({ initialEntries: [`/settings/${page}`] }),
  })
  const host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
  root.render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  await vi.waitFor(() => expect(host.querySelector('nav')).not.toBeNull())
  return host.textContent
}

test('a settings page that does not exist is said to be missing, not to be forbidden', async () => {
  const text = await opened('nothing', 'admin')
  expect(text).toContain('There is no such page')
  expect(text).not.toContain('Only administrators may')
})

test('a page for administrators is said to be theirs', async () => {
  const text = await opened('agents', 'agent')
  expect(text).toContain('Only administrators may')
})
