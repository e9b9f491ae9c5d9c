import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { TimelineItem } from '@/api-types'
import { setLanguage, withWords } from '@/i18n'
import { Events } from '@/timeline/Events'
import { startEnglish } from './stage'

beforeAll(startEnglish)
afterEach(() => setLanguage('en'))

function line(type: string): string {
  const item = {
    id: '1', at: '2026-11-30T09:00:00Z', actor: { type, id: null, name: 'Pia Lindqvist' },
    event: { kind: 'ticket.changed', field: 'status', from: 'pending', to: 'open' },
  } as unknown as TimelineItem
  const client = new QueryClient({ defaultOptions: { queries: { enabled: false } } })
  const place = document.createElement('div')
  const root = createRoot(place)
  flushSync(() =>
    root.render(
      <QueryClientProvider client={client}>
        <Events items={[item]} />
      </QueryClientProvider>,
    ),
  )
  const text = place.querySelector('span')?.textContent ?? ''
  root.unmount()
  return text
}

it('U20 a customer who writes or calls sets no status', async () => {
  expect(line('agent')).toBe('Pia Lindqvist set the status to Open')
  expect(line('customer')).toBe('The status is now Open')
  await setLanguage('zh-CN')
  await withWords(Promise.resolve())
  expect(line('customer')).toBe('状态变为 未结')
})
