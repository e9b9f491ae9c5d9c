import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePresence } from '@/features/thread/usePresence'

function Probe({ ticketId }: { ticketId: string }) {
  usePresence(ticketId)
  return null
}

const seen = (state: DocumentVisibilityState) => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('who looks at a ticket', () => {
  const said: string[] = []
  const real = globalThis.fetch
  beforeEach(() => {
    vi.useFakeTimers()
    said.length = 0
    globalThis.fetch = (address, options) => {
      const ticket = /tickets\/(\w+)\/presence/.exec(address as string)?.[1] ?? '?'
      said.push(`${ticket} ${(JSON.parse(options?.body as string) as { state: string }).state}`)
      return Promise.resolve(new Response(null, { status: 204 }))
    }
  })
  afterEach(() => {
    globalThis.fetch = real
    vi.useRealTimers()
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
  })
  const page = () => {
    const root = createRoot(document.createElement('div'))
    return {
      show: (ticketId: string) => flushSync(() => root.render(createElement(Probe, { ticketId }))),
      leave: () => flushSync(() => root.unmount()),
    }
  }

  it('says so from the open ticket, again and again, and takes leave', () => {
    const { show, leave } = page()
    show('t1')
    vi.advanceTimersByTime(60_000)
    expect(said).toEqual(['t1 viewing', 't1 viewing', 't1 viewing'])
    said.length = 0
    show('t2')
    expect(said).toEqual(['t1 gone', 't2 viewing'])
    leave()
    vi.advanceTimersByTime(60_000)
    expect(said.at(-1)).toBe('t2 gone')
    expect(said).toHaveLength(3)
  })
  it('is gone while the page is hidden, and back when it is seen', () => {
    const { show, leave } = page()
    show('t1')
    seen('hidden')
    seen('visible')
    expect(said).toEqual(['t1 viewing', 't1 gone', 't1 viewing'])
    leave()
  })
})
