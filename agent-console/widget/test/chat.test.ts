import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Chat } from '../src/app/chat'
import { Keep } from '../src/app/keep'
import { catalogues } from '../src/app/words'

/** The browser's socket, as far as the widget uses it, with the server's end in the test's hand. */
class Wire {
  static OPEN = 1
  static last: Wire
  readyState = 1
  sent: Record<string, unknown>[] = []
  onopen = () => {}
  onmessage = (_: { data: string }) => {}
  onclose = (_: { code: number }) => {}
  constructor() {
    Wire.last = this
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>)
  }
  close() {}
}

const welcome = {
  type: 'welcome' as const,
  visitor: 'v',
  token: 't1',
  signed: false,
  email: null,
  history: [],
  open: true,
  agentName: null,
  ended: false,
}
const line = (id: string, at: string, text = id) => ({
  id,
  at,
  direction: 'outbound' as const,
  author: 'Mei',
  text,
})
const open = () => new Chat('ws://x/chat/socket', 'k', 'en', 'https://shop.example', new Keep('k'))

describe('the conversation of one window', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.stubGlobal('WebSocket', Wire)
  })

  it('hands in an address that was given while nothing was connected, once', () => {
    class Opening extends Wire {
      override readyState = 0
    }
    vi.stubGlobal('WebSocket', Opening)
    const chat = open()
    chat.contact('ada@x.test', 'Ada')
    Wire.last.readyState = Wire.OPEN
    Wire.last.onopen()
    const contacts = () => Wire.last.sent.filter((frame) => frame.type === 'contact').length
    chat.take(welcome)
    expect(contacts()).toBe(1)
    chat.take({ type: 'contact-kept', email: 'ada@x.test' })
    chat.take(welcome)
    expect(contacts()).toBe(1)
  })
  it('keeps what was written while nothing was connected, and sends it under the same id after a reload', () => {
    open().send('hello')
    Wire.last.onopen()
    const again = open()
    expect(again.view.lines.map((one) => [one.text, one.state])).toEqual([['hello', 'sending']])
    again.start()
    Wire.last.onopen()
    again.take(welcome)
    const message = Wire.last.sent.find((frame) => frame.type === 'message')!
    expect(message.id).toBe(again.view.lines[0]!.id)
    again.take({ type: 'ack', id: message.id as string, message: 'm1', at: '2026-01-01T10:00:00Z' })
    expect(again.view.lines.map((one) => [one.id, one.state])).toEqual([['m1', 'sent']])
    expect(open().view.lines).toEqual([])
  })

  it('shows a message once, however often and in whatever order it comes', () => {
    const chat = open()
    chat.start()
    chat.take(welcome)
    chat.take({ type: 'message', ...line('b', '2026-01-01T10:01:00Z') })
    chat.take({ type: 'message', ...line('a', '2026-01-01T10:00:00Z') })
    chat.take({ ...welcome, history: [line('a', '2026-01-01T10:00:00Z'), line('b', '2026-01-01T10:01:00Z')] })
    expect(chat.view.lines.map((one) => one.id)).toEqual(['a', 'b'])
  })

  it('takes an acknowledgement that comes after the message itself for the same line', () => {
    const chat = open()
    chat.send('hi')
    chat.take({
      type: 'message',
      id: 'm1',
      at: '2026-01-01T10:00:00Z',
      direction: 'inbound',
      author: '',
      text: 'hi',
    })
    chat.take({ type: 'ack', id: chat.view.lines.at(-1)!.id, message: 'm1', at: '2026-01-01T10:00:00Z' })
    expect(chat.view.lines.map((one) => one.id)).toEqual(['m1'])
  })

  it('keeps the line of a message that was sent twice, before and after the welcome, and acknowledged twice', () => {
    const chat = open()
    chat.send('hi')
    Wire.last.onopen()
    chat.take(welcome)
    const id = Wire.last.sent.find((frame) => frame.type === 'message')!.id as string
    for (const at of ['2026-01-01T10:00:00Z', '2026-01-01T10:00:01Z'])
      chat.take({ type: 'ack', id, message: 'm1', at })
    expect(chat.view.lines.map((one) => [one.id, one.at, one.state])).toEqual([['m1', '2026-01-01T10:00:00Z', 'sent']])
  })

  it('counts what came while nobody looked, and says read when somebody does', () => {
    const chat = open()
    chat.start()
    chat.take({ ...welcome, history: [line('a', '2026-01-01T10:00:00Z')] })
    chat.take({ type: 'message', ...line('b', '2026-01-01T10:01:00Z') })
    expect(chat.view.unread).toBe(2)
    chat.look(true)
    expect(chat.view.unread).toBe(0)
    expect(Wire.last.sent.at(-1)).toEqual({ type: 'read', id: 'b' })
  })

  it('keeps the token of a stranger, and no ticket of a signed person', () => {
    const chat = open()
    chat.start()
    chat.take(welcome)
    expect(new Keep('k').get('token')).toBe('t1')
    chat.identify('a.b.c')
    Wire.last.onopen()
    expect(Wire.last.sent[0]).toMatchObject({ jwt: 'a.b.c', token: 't1' })
    chat.take({ ...welcome, token: 'r1.x', signed: true })
    expect(new Keep('k').get('token')).toBeUndefined()
    chat.logout()
    expect(chat.view.lines).toEqual([])
  })
})

describe('D11: on a shared computer', () => {
  const jwt = (sub: string) => `h.${btoa(JSON.stringify({ sub }))}.s`
  const sent = () => Wire.last.sent.filter((frame) => frame.type === 'message').map((frame) => frame.text)
  const texts = (chat: Chat) => chat.view.lines.map((one) => one.text)
  const signed = { ...welcome, signed: true }

  beforeEach(() => {
    localStorage.clear()
    vi.stubGlobal('WebSocket', Wire)
  })

  it('shows and sends nothing of one signed person as the next, with or without a new page', () => {
    const anna = open()
    anna.identify(jwt('anna'))
    anna.draft = 'half a word'
    anna.send('my secret order')
    for (const chat of [anna, open()]) {
      chat.identify(jwt('boris'))
      Wire.last.onopen()
      chat.take(signed)
      expect(sent()).toEqual([])
      expect(texts(chat)).toEqual([])
      expect(chat.draft).toBe('')
      expect(open().view.lines).toEqual([])
    }
  })

  it('keeps for each what they wrote, until they are back', () => {
    const anna = open()
    anna.identify(jwt('anna'))
    anna.send('my secret order')
    const boris = open()
    boris.identify(jwt('boris'))
    boris.send('hello from Boris')
    const back = open()
    back.identify(jwt('anna'))
    expect(texts(back)).toEqual(['my secret order'])
    Wire.last.onopen()
    back.take(signed)
    expect(sent()).toEqual(['my secret order'])
  })

  it('takes along what a stranger wrote on this page before they signed in', () => {
    open().send('from an earlier stranger')
    const chat = open()
    chat.send('who am I?')
    chat.identify(jwt('anna'))
    expect(texts(chat)).toEqual(['who am I?'])
    expect(texts(open())).toEqual(['from an earlier stranger'])
  })
})

describe('the catalogues', () => {
  it('say the same things in both languages', () => {
    expect(Object.keys(catalogues.zh)).toEqual(Object.keys(catalogues.en))
    for (const words of Object.values(catalogues))
      for (const text of Object.values(words)) expect(text).not.toBe('')
  })
})
