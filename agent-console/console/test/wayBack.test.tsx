import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type AnyRoute,
  RouterProvider,
  type RouteComponent,
} from '@tanstack/react-router'
import { createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { CustomerView } from '@/features/customer/CustomerView'
import { ArticleEditor } from '@/features/knowledge/ArticleEditor'
import { WorkbenchProvider } from '@/workbench/Workbench'
import { startEnglish } from './stage'

const real = globalThis.fetch
let root: Root | undefined

beforeAll(startEnglish)
afterEach(() => {
  root?.unmount()
  document.body.replaceChildren()
  globalThis.fetch = real
})

function opened(at: string, component: RouteComponent) {
  const problem = JSON.stringify({ type: 'about:blank', title: '', status: 404, code: 'not-found', detail: 'Gone' })
  globalThis.fetch = () =>
    Promise.resolve(new Response(problem, { status: 404, headers: { 'Content-Type': 'application/problem+json' } }))
  const top = createRootRoute()
  const inside = createRoute({ getParentRoute: () => top, id: 'inside' })
  const page = (path: string): AnyRoute => createRoute({ getParentRoute: () => inside, path, component })
  const router = createRouter({
    routeTree: top.addChildren([inside.addChildren([page('customers'), page('knowledge')])]),
    history: createMemoryHistory({ initialEntries: [at] }),
  })
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  root = createRoot(document.body.appendChild(document.createElement('div')))
  root.render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <WorkbenchProvider>
          <RouterProvider router={router as never} />
        </WorkbenchProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

/** On a phone nothing else leads away: the list and the navigation make room for what is open. */
test.each([
  ['/customers', () => createElement(CustomerView, { customerId: 'gone' })],
  ['/knowledge', () => createElement(ArticleEditor, { id: 'gone' })],
])('what is gone from %s leads back to the list', async (list, component) => {
  opened(list, component)
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')?.textContent).toContain('Not here'), 5000)
  const link = document.querySelector('[role=alert] a')
  expect(link?.getAttribute('href')).toBe(list)
  expect(link?.textContent).toBe('Back to the list')
})
