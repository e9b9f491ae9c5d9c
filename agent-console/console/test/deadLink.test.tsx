import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { newRouter } from '@/app/router'
import { startLanguage } from '@/i18n'
import { enScreens as en } from '@/locales/en-screens'

const real = globalThis.fetch
let root: Root | null = null

beforeAll(startLanguage)
afterEach(() => {
  root?.unmount()
  root = null
  document.body.replaceChildren()
  globalThis.fetch = real
})

function answering(status: number, code: string, detail: string) {
  globalThis.fetch = () =>
    Promise.resolve(
      new Response(JSON.stringify({ type: 'about:blank', title: '', status, code, detail }), {
        status,
        headers: { 'Content-Type': 'application/problem+json' },
      }),
    )
}

async function open(address: string) {
  window.history.pushState({}, '', `/console${address}`)
  const client = new QueryClient()
  const place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
  root.render(
    createElement(
      MantineProvider,
      null,
      createElement(QueryClientProvider, { client }, createElement(RouterProvider, { router: newRouter(client) })),
    ),
  )
  await vi.waitFor(() => expect(place.querySelector('input[name=password]')).not.toBeNull(), 10_000)
  return place
}

const button = (place: Element) => place.querySelector<HTMLButtonElement>('button[type=submit]')
const alert = (place: Element) => place.querySelector('[role=alert]')?.textContent ?? null
const newLink = (place: Element) => place.querySelector('a[href$="/forgot"]')?.textContent ?? null

async function choose(place: Element) {
  place.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  await vi.waitFor(() => expect(alert(place)).not.toBeNull(), 10_000)
}

test.each(['/reset', '/invitation'])('%s: a link that is over says so and offers a new one', async page => {
  answering(404, 'link-over', 'words of the server')
  const place = await open(`${page}?token=used`)
  expect(alert(place)).toBeNull()
  expect(button(place)?.disabled).toBe(false)
  await choose(place)
  expect(alert(place)).toBe(en.session.linkDead)
  expect(button(place)?.disabled).toBe(true)
  expect(newLink(place)).toBe(en.session.newLink)
})

test('a password that is refused can be tried again with the same link', async () => {
  answering(400, 'invalid', 'password: too short')
  const place = await open('/reset?token=good')
  await choose(place)
  expect(alert(place)).toBe('password: too short')
  expect(button(place)?.disabled).toBe(false)
  expect(newLink(place)).toBeNull()
})

test('an address without its link says at once that there is none', async () => {
  const place = await open('/reset')
  expect(alert(place)).toBe(en.session.linkDead)
  expect(button(place)?.disabled).toBe(true)
  expect(newLink(place)).toBe(en.session.newLink)
})
