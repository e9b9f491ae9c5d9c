import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { VisitFacts } from '@/features/thread/VisitFacts'
import { startEnglish } from './stage'

const visit = {
  page: 'https://shop.example/boots', title: '<b>Boots</b>', zone: 'Europe/Zurich', country: 'CH', language: 'de-CH',
}

describe('U19 beside the ticket', () => {
  let root: Root | undefined
  beforeAll(startEnglish)
  afterEach(() => root?.unmount())

  function shown(items: object[]) {
    const answer = JSON.stringify({ items, next: null })
    vi.stubGlobal('fetch', () =>
      Promise.resolve(new Response(answer, { headers: { 'Content-Type': 'application/json' } })),
    )
    const host = document.body.appendChild(document.createElement('div'))
    root = createRoot(host)
    root.render(
      <MantineProvider>
        <QueryClientProvider client={new QueryClient()}>
          <VisitFacts ticketId="t" />
        </QueryClientProvider>
      </MantineProvider>,
    )
    return host
  }

  it('stand the page, the place and the language of whoever chats', async () => {
    const host = shown([{ visit: null }, { visit }, { visit: { ...visit, title: 'before' } }])
    await vi.waitFor(() => expect(host.querySelector('a')).not.toBeNull())
    const link = host.querySelector('a')
    expect(link?.getAttribute('href')).toBe('https://shop.example/boots')
    expect(link?.rel).toContain('noopener')
    expect(link?.textContent).toBe('<b>Boots</b>')
    expect(host.querySelector('b')).toBeNull()
    for (const fact of ['shop.example/boots', 'Switzerland', 'Swiss']) expect(host.textContent).toContain(fact)
    expect(host.textContent).not.toContain('before')
  })
})
