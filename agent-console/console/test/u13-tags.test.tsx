import { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Ticket } from '@/api-types'
import type { CommandContext } from '@/commands/command'
import { tags } from '@/commands/tags'
import { setLanguage, startLanguage, withWords } from '@/i18n'
import { ChoiceList } from '@/ui/ChoiceList'

const inUse = [
  { name: 'refund', tickets: 12 },
  { name: 'VIP', tickets: 3 },
  { name: 'warranty', tickets: 1 },
]

describe('U13 the tag picker', () => {
  let root: Root | undefined
  const asked: string[] = []
  beforeAll(async () => {
    localStorage.setItem('switchboard.language', 'en')
    await startLanguage()
    await withWords(Promise.resolve())
    vi.stubGlobal('fetch', (address: string, options?: { method?: string; body?: string }) => {
      asked.push(`${options?.method ?? 'GET'} ${address}`)
      const body =
        options?.method === 'PATCH'
          ? { ...ticket([]), ...(JSON.parse(options.body ?? '{}') as object) }
          : { items: inUse, next: null }
      return Promise.resolve(
        new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } }),
      )
    })
  })
  afterEach(() => {
    root?.unmount()
    document.body.replaceChildren()
    asked.length = 0
  })

  const ticket = (has: string[]) => ({ id: 't1', version: 1, tags: has, status: 'open' }) as unknown as Ticket
  async function open(has: string[] = []) {
    const client = new QueryClient()
    const one = ticket(has)
    const context = {
      client,
      tickets: [one],
      ticket: one,
      t: i18next.t,
      bench: { toast: () => undefined, selected: new Set(), select: () => undefined },
    } as unknown as CommandContext
    const host = document.body.appendChild(document.createElement('div'))
    const made = createRoot(host)
    root = made
    flushSync(() =>
      made.render(
        <ChoiceList
          label="Tags"
          choices={text => tags.choices?.(context, text) ?? []}
          prepare={() => tags.prepare?.(context) ?? Promise.resolve()}
          onDone={() => undefined}
        />,
      ),
    )
    const shown = () => [...host.querySelectorAll('[role="option"]')].map(it => it.textContent)
    await vi.waitFor(() => expect(shown().length).toBeGreaterThanOrEqual(3))
    const input = host.querySelector('input')
    const type = (text: string) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
      flushSync(() => input?.dispatchEvent(new Event('input', { bubbles: true })))
    }
    const enter = () =>
      flushSync(() => input?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })))
    return { shown, type, enter }
  }

  it('offers the tags in use before a letter is typed, most used first', async () => {
    const { shown } = await open()
    expect(shown()).toEqual(['refundon 12 tickets', 'VIPon 3 tickets', 'warrantyon 1 ticket'])
  })
  it('says in Chinese how much a tag is used', async () => {
    await setLanguage('zh-CN')
    const { shown } = await open()
    expect(shown()[0]).toBe('refund12 个工单')
    await setLanguage('en')
  })
  it('shows the ticket’s own tags first, so that they can be taken away', async () => {
    const { shown } = await open(['warranty'])
    expect(shown()[0]).toContain('warranty')
  })
  it('suggests what exists for what is typed, and adds it with Enter', async () => {
    const { shown, type, enter } = await open()
    type('ref')
    expect(shown()).toEqual(['refundon 12 tickets', 'New tag “ref”'])
    enter()
    await vi.waitFor(() => expect(asked.some(it => it.startsWith('PATCH'))).toBe(true))
  })
  it('makes no second tag of another spelling', async () => {
    const { shown, type } = await open()
    type('vip')
    expect(shown()).toEqual(['VIPon 3 tickets'])
  })
  it('offers a new tag where none exists', async () => {
    const { shown, type } = await open()
    type('snow tyres')
    expect(shown()).toEqual(['New tag “snow tyres”'])
  })
})
