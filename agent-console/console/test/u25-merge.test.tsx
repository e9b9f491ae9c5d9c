import { createRootRoute, createRoute, createRouter, Outlet, useParams } from '@tanstack/react-router'
import { type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Dialogs } from '@/app/Dialogs'
import { CustomerView } from '@/features/customer/CustomerView'
import { hiddenBy, likelyStays } from '@/features/customer/merging'
import { setLanguage } from '@/i18n'
import { told } from '@/timeline/events'
import { stage, startEnglish } from './stage'

const person = (id: string, name: string, tickets: number) => ({
  id,
  name,
  company: '',
  lifecycle: 'new',
  segments: [],
  attributes: {},
  language: 'en',
  timezone: '',
  notes: '',
  provisional: false,
  identities: [
    {
      id: `i-${id}`,
      kind: 'email' as const,
      value: `${id}@shop.example`,
      verified: true,
      shared: false,
      source: 'agent',
      createdAt: '',
    },
  ],
  suggestions: [] as { identityId: string; value: string; customerId: string; customerName: string; reason: string }[],
  merged: [] as { id: string; name: string; address: string | null }[],
  optOuts: [],
  createdAt: '2026-03-01T00:00:00Z',
  version: 1,
  ticketCount: tickets,
  openTickets: 1,
  otherOpenTickets: 0,
})

let people: Record<string, ReturnType<typeof person>>
let mergedInto: Record<string, string>
let asked: string[]
let refused: string | null

/** Customers as the server keeps them: a pointer joins two, and is taken away again. */
function server(url: string, method: string, body: string): unknown {
  const [, id = '', verb] = /\/customers\/(\w+)\/?(.*?)(?:\?.*)?$/.exec(url) ?? []
  if (method === 'POST') asked.push(`${id} ${verb} ${body}`)
  if (verb === 'merge') mergedInto[id] = (JSON.parse(body) as { into: string }).into
  if (verb?.endsWith('confirm')) mergedInto.lina2 = id
  if (verb === 'unmerge') mergedInto = {}
  if (url.includes('/tickets') || verb === 'timeline') return { items: [], next: null }
  if (id === '') return { items: all(), next: null }
  const found = people[mergedInto[id] ?? id]
  const from = Object.keys(mergedInto).filter(it => mergedInto[it] === found?.id)
  return { ...found, merged: from.map(it => ({ id: it, name: people[it]?.name ?? '', address: `${it}@shop.example` })) }
}
const all = () => Object.values(people).filter(it => mergedInto[it.id] === undefined)

let root: Root | undefined
beforeAll(startEnglish)
beforeEach(() => {
  people = { lina: person('lina', 'Lina Roth', 4), lina2: person('lina2', 'L. Roth', 1) }
  mergedInto = {}
  asked = []
  refused = null
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    Promise.resolve(
      refused !== null && url.endsWith('/merge')
        ? new Response(JSON.stringify({ code: refused, detail: 'in the words of the server' }), { status: 409 })
        : new Response(JSON.stringify(server(url, init?.method ?? 'GET', String(init?.body ?? ''))), {
            headers: { 'Content-Type': 'application/json' },
          }),
    ),
  )
})
afterEach(() => {
  root?.unmount()
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

function Page() {
  const { customerId = '' } = useParams({ strict: false })
  return (
    <>
      <CustomerView key={customerId} customerId={customerId} />
      <Dialogs />
    </>
  )
}
function open(id: string) {
  window.history.pushState({}, '', `/console/customers/${id}`)
  const top = createRootRoute({ component: Outlet })
  const page = createRoute({ getParentRoute: () => top, path: '/customers/$customerId', component: Page })
  const router = createRouter({ routeTree: top.addChildren([page]), basepath: '/console' })
  root = stage(router)
}
const previewed = () =>
  vi.waitFor(() => {
    const found = document.querySelector('ul[aria-label="What happens"]')
    if (found === null) throw new Error('no preview')
    return found
  })
const button = (words: string) =>
  vi.waitFor(() => {
    const found = [...document.querySelectorAll('button')].find(it => it.textContent === words)
    if (found === undefined) throw new Error(`no button ${words}: ${document.body.textContent}`)
    return found
  })
const radio = (name: string) =>
  vi.waitFor(() => {
    const found = document.querySelector<HTMLInputElement>(`input[type=radio][aria-label="${name}"]`)
    if (found === null) throw new Error(`no choice ${name}`)
    return found
  })
const title = () => document.querySelector('h1')?.textContent

const suggestion = {
  identityId: 'i-lina2',
  value: 'lina2@shop.example',
  customerId: 'lina2',
  customerName: 'L. Roth',
  reason: 'unverified-address',
}

describe('U25 merging two customers', () => {
  async function findTheOther() {
    ;(await button('Merge')).click()
    const field = await vi.waitFor(() => {
      const input = document.querySelector<HTMLInputElement>('[role=dialog] [role=combobox]')
      if (input === null) throw new Error('no field')
      return input
    })
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'roth')
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await vi.waitFor(() => expect(document.querySelectorAll('[role=dialog] [role=option]')).toHaveLength(1))
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  }

  it('finds the other by keyboard, never offers the same, and shows both', async () => {
    open('lina2')
    await findTheOther()
    expect((await radio('Lina Roth stays')).checked).toBe(true)
    expect((await radio('L. Roth stays')).checked).toBe(false)
    expect(document.activeElement).toBe(await radio('Lina Roth stays'))
    const text = document.querySelector('fieldset')?.textContent ?? ''
    for (const address of ['lina@shop.example', 'lina2@shop.example']) expect(text).toContain(address)
    for (const count of ['4 conversations, 1 open', '1 conversation, 1 open']) expect(text).toContain(count)
  })
  it('merges, lands on who stays, and is undone from the toast', async () => {
    open('lina2')
    await findTheOther()
    ;(await button('Merge, keep Lina Roth')).click()
    await vi.waitFor(() => expect(location.pathname).toBe('/console/customers/lina'))
    await vi.waitFor(() => expect(title()).toBe('Lina Roth'))
    expect(asked).toEqual(['lina2 merge {"into":"lina"}'])
    ;(await button('Undo')).click()
    await vi.waitFor(() => expect(title()).toBe('L. Roth'))
    expect(location.pathname).toBe('/console/customers/lina2')
    expect(asked.at(-1)).toBe('lina2 unmerge {}')
  })
  it('keeps whom the agent chooses', async () => {
    open('lina2')
    await findTheOther()
    ;(await radio('L. Roth stays')).click()
    ;(await button('Merge, keep L. Roth')).click()
    await vi.waitFor(() => expect(asked).toEqual(['lina merge {"into":"lina2"}']))
    expect(location.pathname).toBe('/console/customers/lina2')
  })
  it('compares what is suggested, and confirms it where it stands', async () => {
    people.lina?.suggestions.push(suggestion)
    open('lina')
    await vi.waitFor(() => expect(document.body.textContent).toContain('The same address, not yet verified.'))
    ;(await button('Compare')).click()
    ;(await button('Merge, keep Lina Roth')).click()
    await vi.waitFor(() => expect(asked).toEqual(['lina suggestions/i-lina2/confirm {}']))
    ;(await button('Undo')).click()
    await vi.waitFor(() => expect(asked.at(-1)).toBe('lina2 unmerge {}'))
  })
  it('says in plain sentences what will happen, for either choice', async () => {
    Object.assign(people.lina2 ?? {}, { notes: 'Prefers calls', company: 'Roth Ltd' })
    open('lina2')
    await findTheOther()
    const preview = await previewed()
    expect(preview.textContent).toContain('Lina Roth gets the conversation of L. Roth.')
    expect(preview.textContent).toContain('Company, Notes of L. Roth are kept, but no longer shown.')
    ;(await radio('L. Roth stays')).click()
    await vi.waitFor(() => expect(preview.textContent).toContain('L. Roth gets the 4 conversations of Lina Roth.'))
    expect(preview.textContent).not.toContain('no longer shown')
  })
  it('does not speak of conversations and addresses that are not there', async () => {
    Object.assign(people.lina2 ?? {}, { ticketCount: 0, identities: [] })
    open('lina2')
    await findTheOther()
    const preview = await previewed()
    expect(preview.textContent).not.toMatch(/ 0 |gets the|address/)
  })
  it('offers whom the server suggests, before anything is typed', async () => {
    people.lina?.suggestions.push(suggestion)
    open('lina')
    ;(await button('Merge')).click()
    ;(await button('L. Roth · lina2@shop.example')).click()
    ;(await button('Merge, keep Lina Roth')).click()
    await vi.waitFor(() => expect(asked).toEqual(['lina suggestions/i-lina2/confirm {}']))
  })
  it('says in its own words why it was refused, and stays open', async () => {
    refused = 'merged-already'
    open('lina2')
    await findTheOther()
    ;(await button('Merge, keep Lina Roth')).click()
    await vi.waitFor(() => expect(document.body.textContent).toContain('already merged with another customer'))
    expect(document.body.textContent).not.toContain('in the words of the server')
    expect(document.querySelector('fieldset')).not.toBeNull()
  })
  it('separates again long after, from the page of who stays', async () => {
    mergedInto.lina2 = 'lina'
    open('lina')
    const separate = await vi.waitFor(() => {
      const found = document.querySelector<HTMLButtonElement>('button[aria-label="Separate L. Roth again"]')
      if (found === null) throw new Error('no button')
      return found
    })
    separate.click()
    await vi.waitFor(() => expect(asked).toEqual(['lina2 unmerge {}']))
    await vi.waitFor(() => expect(document.body.textContent).not.toContain('Merged into this customer'))
  })
  it('says in Chinese what it does', async () => {
    await setLanguage('zh-CN')
    open('lina2')
    ;(await button('合并')).click()
    await vi.waitFor(() => expect(document.body.textContent).toContain('将L. Roth与另一位客户合并'))
    await setLanguage('en')
  })
})

describe('U25 who was merged', () => {
  it('is found on the page of who stays', async () => {
    mergedInto.lina2 = 'lina'
    open('lina2')
    await vi.waitFor(() => expect(location.pathname).toBe('/console/customers/lina'))
    await vi.waitFor(() => expect(title()).toBe('Lina Roth'))
  })
})

describe('U25 who is rather kept', () => {
  const one = person('one', 'One', 2)
  const cases: [string, Partial<typeof one>, boolean][] = [
    ['a person before a stranger who wrote once', { provisional: true, ticketCount: 9 }, true],
    ['a name before none', { name: '', ticketCount: 9 }, true],
    ['a proven address before none', { identities: [], ticketCount: 9 }, true],
    ['more conversations', { ticketCount: 3 }, false],
    ['the older one', { createdAt: '2025-01-01T00:00:00Z' }, false],
    ['the first of two alike', {}, true],
  ]
  it.each(cases)('%s', (_, other, first) => {
    const second = { ...one, ...other, id: 'two' }
    expect(likelyStays(one, second).id).toBe(first ? 'one' : 'two')
  })
})

describe('U25 what a merge hides', () => {
  const bare = { ...person('one', 'One', 2), company: '', notes: ' ' }
  it('is nothing where there is only a name', () => expect(hiddenBy(bare)).toEqual([]))
  it('is each part that has something', () =>
    expect(hiddenBy({ ...bare, notes: 'x', attributes: { size: 'L' } })).toEqual(['notes', 'attributes']))
})

describe('U25 a merge in the timeline', () => {
  it.each([
    ['customer.merged', '', 'customerMerged'],
    ['customer.unmerged', '', 'customerUnmerged'],
    ['customer.created', '', 'customerCreated'],
    ['customer.changed', 'profile', 'customerChanged'],
    ['customer.changed', 'merged', undefined],
    ['customer.changed', 'unmerged', undefined],
  ])('%s %s is told once, in words', (kind, field, name) => expect(told({ kind, field })?.name).toBe(name))
})
