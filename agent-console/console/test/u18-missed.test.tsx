import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Agent, Session } from '@/api-types'
import { CommandProvider } from '@/commands/CommandProvider'
import { StatusNotice } from '@/features/status/StatusNotice'
import { setLanguage, startLanguage } from '@/i18n'
import { applyChange } from '@/live/apply'
import { keys } from '@/server/keys'
import { WorkbenchProvider } from '@/workbench/Workbench'

const me = { id: 'a1', name: 'Mei', status: 'available', statusReason: '' } as unknown as Agent

describe('U18 after a call that was not taken', () => {
  let root: Root | undefined
  const put: string[] = []
  beforeAll(async () => {
    localStorage.setItem('switchboard.language', 'en')
    await startLanguage()
    vi.stubGlobal('fetch', (address: string, options?: { method?: string; body?: string }) => {
      if (options?.method === 'PUT') put.push(`${address} ${options.body}`)
      return Promise.resolve(
        new Response(JSON.stringify({ items: [], next: null }), {
          headers: { 'Content-Type': 'application/json' },
        }),
      )
    })
  })
  afterEach(async () => {
    root?.unmount()
    document.body.replaceChildren()
    put.length = 0
    await setLanguage('en')
  })

  async function desk() {
    const client = new QueryClient()
    client.setQueryData(keys.session, { agent: me, settings: {} } as unknown as Session)
    const history = createMemoryHistory()
    const page = createRootRoute({
      component: () => (
        <WorkbenchProvider>
          <CommandProvider>
            <main>
              <StatusNotice className="banner" />
            </main>
          </CommandProvider>
        </WorkbenchProvider>
      ),
    })
    const host = document.body.appendChild(document.createElement('div'))
    root = createRoot(host)
    root.render(
      <MantineProvider>
        <QueryClientProvider client={client}>
          <RouterProvider router={createRouter({ routeTree: page, history })} />
        </QueryClientProvider>
      </MantineProvider>,
    )
    await vi.waitFor(() => expect(host.querySelector('main')).not.toBeNull())
    const changed = (agent: object) =>
      applyChange(client, { type: 'agent.changed', agent: { ...me, ...agent } } as never)
    return { changed, alert: () => host.querySelector('[role="alert"]') }
  }

  it('the console says plainly that no more work comes and why, and one click takes it back', async () => {
    const { changed, alert } = await desk()
    expect(alert()).toBeNull()
    changed({ status: 'missed', statusReason: 'missed' })
    await vi.waitFor(() => expect(alert()?.textContent).toContain('You did not take a call'))
    alert()?.querySelector('button')?.click()
    await vi.waitFor(() => expect(alert()).toBeNull())
    expect(put).toEqual(['/api/v1/agents/me/status {"status":"available"}'])
  })
  it('it says so in Chinese too', async () => {
    await setLanguage('zh-CN')
    const { changed, alert } = await desk()
    changed({ status: 'missed', statusReason: 'missed' })
    await vi.waitFor(() => expect(alert()?.textContent).toBe('您没有接听来电，因此不再分配新工作。 我回来了，可以接手'))
  })
  it('a status of one’s own choice is not remarked on', async () => {
    const { changed, alert } = await desk()
    changed({ status: 'away', statusReason: '' })
    await new Promise(done => setTimeout(done, 20))
    expect(alert()).toBeNull()
  })
})
