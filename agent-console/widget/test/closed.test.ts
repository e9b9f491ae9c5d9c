import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const config = { name: 'Shop', color: '#000000', ink: '#ffffff', greeting: { en: 'Hello' }, open: true }
const shown = () => document.getElementById('app')

async function started(...answers: (() => Promise<Response>)[]) {
  vi.resetModules()
  history.replaceState({}, '', '/widget/app/?key=k&locale=en&page=https%3A%2F%2Fshop.example')
  document.body.innerHTML = '<div id="app"></div>'
  vi.stubGlobal('fetch', () => answers.shift()?.())
  await import('../src/app/main')
  await vi.advanceTimersByTimeAsync(20)
}
const refused = (status: number) => () => Promise.resolve(new Response('{}', { status }))
const ready = () => Promise.resolve(new Response(JSON.stringify(config)))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('says in words that a page may not chat, and can be closed', async () => {
  await started(refused(404))
  expect(shown()?.textContent).toContain('This chat is not available on this page.')
  expect(shown()?.querySelector('button')?.getAttribute('aria-label')).toBe('Close')
})

it.each([
  ['is not reached', () => Promise.reject(new TypeError('offline'))],
  ['has trouble', refused(503)],
])('asks again while the server %s', async (_, trouble) => {
  await started(trouble, ready)
  expect(shown()?.textContent).toContain('Reconnecting')
  expect(shown()?.querySelector('button')?.getAttribute('aria-label')).toBe('Close')
  await vi.advanceTimersByTimeAsync(6000)
  expect(shown()?.textContent).toContain('Hello')
})
