import type { TFunction } from 'i18next'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '@/live/frames'
import { announce, showUnread } from '@/live/notify'

interface Said {
  title: string
  body?: string
  tag?: string
  click(): void
}

/** A browser that allows notifications or not, and keeps what was shown. */
function browser(permission: NotificationPermission): Said[] {
  const said: Said[] = []
  class Shown {
    static readonly permission = permission
    onclick: (() => void) | null = null
    constructor(title: string, options: NotificationOptions) {
      said.push({ title, body: options.body, tag: options.tag, click: () => this.onclick?.() })
    }
    close() {
      this.onclick = null
    }
  }
  Object.defineProperty(window, 'Notification', { value: Shown, configurable: true, writable: true })
  return said
}

const seen = (state: DocumentVisibilityState) =>
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
const words = ((key: string) => key) as unknown as TFunction
const change = (rest: object) => ({ seq: 1, type: 'message.received', ...rest }) as unknown as Change
const message = change({
  ticketId: 't7',
  item: { actor: { name: 'Rosa' }, visibleText: 'x'.repeat(200), text: '' },
})

describe('a desktop notification', () => {
  const went: string[] = []
  const go = (path: string) => void went.push(path)
  beforeEach(() => {
    went.length = 0
    seen('hidden')
  })
  afterEach(() => seen('visible'))

  it('says who wrote, shortly, once a ticket, and leads there', () => {
    const said = browser('granted')
    announce(message, words, go)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatchObject({ title: 'Rosa', tag: 't7', body: 'x'.repeat(140) })
    said[0]?.click()
    expect(went).toEqual(['/inbox/mine/t7'])
  })
  it('is not shown to somebody who is looking, except for a call', () => {
    const said = browser('granted')
    seen('visible')
    announce(message, words, go)
    expect(said).toEqual([])
    announce(change({ call: { id: 'c1', number: '+15550100', customer: null } }), words, go)
    expect(said[0]).toMatchObject({ title: 'call.incoming', body: '+15550100', tag: 'c1' })
  })
  it('is not shown without leave', () => {
    for (const permission of ['default', 'denied'] as const) {
      const said = browser(permission)
      announce(message, words, go)
      expect(said).toEqual([])
    }
  })
})

describe('the page itself', () => {
  it('counts what is unread in its title and on its icon', () => {
    document.head.innerHTML = '<link id="favicon" href="http://host/console/favicon.svg">'
    const icon = () => document.querySelector<HTMLLinkElement>('#favicon')?.href
    showUnread(3)
    expect([document.title, icon()]).toEqual(['(3) Switchboard', 'http://host/console/favicon-unread.svg'])
    showUnread(4)
    expect(icon()).toBe('http://host/console/favicon-unread.svg')
    showUnread(0)
    expect([document.title, icon()]).toEqual(['Switchboard', 'http://host/console/favicon.svg'])
  })
})
