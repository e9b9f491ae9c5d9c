import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Chat } from '../src/app/chat'
import { Keep } from '../src/app/keep'

class Wire {
  static OPEN = 1
  static last: Wire
  readyState = 1
  sent: { type: string; from?: Record<string, string> }[] = []
  onopen = () => {}
  onmessage = (_: { data: string }) => {}
  onclose = (_: { code: number }) => {}
  constructor() {
    Wire.last = this
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as Wire['sent'][number])
  }
  close() {}
}

describe('U19 where a visitor writes', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.stubGlobal('WebSocket', Wire)
  })
  const open = () => new Chat('ws://x/chat/socket', 'k', 'en', 'https://shop.example', new Keep('k'))
  const said = () => Wire.last.sent.filter((frame) => frame.type === 'message')

  it('goes with each message: the page without its query, the zone and the language', () => {
    const chat = open()
    chat.start()
    chat.visits('https://shop.example/boots?token=secret#k', 'Boots')
    chat.send('hello')
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    expect(said().at(-1)?.from).toEqual({
      page: 'https://shop.example/boots',
      title: 'Boots',
      zone,
      language: navigator.language,
    })
    chat.visits('https://shop.example/basket', 'x'.repeat(900))
    chat.send('and another')
    expect(said().at(-1)?.from?.page).toBe('https://shop.example/basket')
    expect(said().at(-1)?.from?.title).toHaveLength(200)
    expect(JSON.stringify(Wire.last.sent) + JSON.stringify(localStorage)).not.toContain('secret')
  })

  it('is still the page on which it was written when it is sent later', () => {
    const before = open()
    before.visits('https://shop.example/boots', 'Boots')
    before.send('unsent')
    const after = open()
    after.start()
    after.visits('https://shop.example/basket', 'Basket')
    after.take({
      type: 'welcome', visitor: 'v', signed: false, email: null, history: [], open: true, agentName: null, ended: false,
    })
    expect(said().at(-1)?.from?.page).toBe('https://shop.example/boots')
  })
})
