import { Connection } from './connection'
import type { From, FromServer, Line, Presence, ToServer } from './frames'
import type { Keep } from './keep'
import type { Word } from './words'

/** A line of ours that is not acknowledged yet has no place on the server, only the id that it was given here. */
export interface Said extends Line {
  state: 'sending' | 'sent' | 'failed'
}

export interface View extends Presence {
  link: 'idle' | 'connecting' | 'open' | 'lost' | 'refused'
  lines: Said[]
  typing: string | null
  seenAt: string | null
  unread: number
  signed: boolean
  email: string | null
  contact: string | null
  step: 'none' | 'address' | 'code'
  codeFor: string | null
  notice: Word | null
}

interface Waiting {
  id: string
  text: string
  at: string
  from?: From
}

const TYPING_MS = 6_000
const TYPING_AGAIN_MS = 3_000
const START: View = {
  link: 'idle',
  lines: [],
  typing: null,
  seenAt: null,
  unread: 0,
  signed: false,
  email: null,
  contact: null,
  step: 'none',
  codeFor: null,
  notice: null,
  open: true,
  agentName: null,
  ended: false,
}

export const newId = () =>
  crypto.randomUUID?.() ??
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (+digit / 4)))).toString(16),
  )

/** The conversation as this window knows it: what came, what waits to go, and who is there. */
export class Chat {
  view: View = START
  /** What is being written; its field may come and go with the hours and with other questions. */
  draft = ''
  private readonly link: Connection
  private waiting: Waiting[]
  /** The owner of the queued messages: a digest of the signed person; empty for an anonymous visitor. */
  private who = ''
  /** What an anonymous visitor has written since the page opened; it moves to the person who signs in. */
  private readonly here = new Set<string>()
  private token: string | undefined
  private jwt: string | undefined
  private host: { page?: string; title?: string } = {}
  private looking = false
  private typedAt = 0
  private claim: { email: string; name: string } | undefined
  private typingTimer: ReturnType<typeof setTimeout> | undefined
  private listeners = new Set<() => void>()

  constructor(
    url: string,
    private readonly key: string,
    private readonly language: string,
    private readonly page: string,
    private readonly keep: Keep,
  ) {
    this.token = keep.get('token')
    this.waiting = this.kept()
    this.view = { ...START, contact: keep.get('contact') ?? null, lines: this.waiting.map(asLine) }
    this.link = new Connection(url, {
      hello: () => this.hello(),
      frame: (frame) => this.take(frame),
      lost: (forGood) => this.change({ link: forGood ? 'refused' : 'lost', typing: null }),
    })
  }

  onChange(listener: () => void) {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Visitors who have been here are connected at once; others when they come to write. */
  get returning() {
    return this.token !== undefined || this.waiting.length > 0
  }

  start() {
    if (this.view.link === 'idle') this.change({ link: 'connecting' })
    this.link.start()
  }

  /** A signed person's queued messages are never shown to, or sent as, another person: each has a separate queue. */
  identify(jwt: string) {
    const who = subject(jwt)
    if (who !== this.who) {
      const mine = this.who === '' ? this.waiting.filter((one) => this.here.has(one.id)) : []
      if (mine.length) this.queue(this.waiting.filter((one) => !this.here.has(one.id)))
      if (this.who !== '') this.draft = ''
      this.who = who
      this.claim = undefined
      this.queue([...this.kept(), ...mine])
    }
    this.jwt = jwt
    this.change({ lines: this.waiting.map(asLine), contact: null, notice: null })
    this.link.restart()
  }

  logout() {
    this.link.stop()
    this.forget()
    this.jwt = undefined
    this.queue([])
    this.who = ''
    this.draft = ''
    this.claim = undefined
    this.queue([])
    this.keep.set('contact', undefined)
    this.change({ ...START })
  }

  send(text: string) {
    const waiting = { id: newId(), text: text.trim(), at: new Date().toISOString(), from: this.from() }
    if (!waiting.text) return
    this.here.add(waiting.id)
    this.queue([...this.waiting, waiting])
    this.typedAt = 0
    this.change({ lines: [...this.view.lines, asLine(waiting)], ended: false, notice: null })
    this.link.send(asFrame(waiting))
    this.start()
  }

  /** The page around the frame, as it says itself. */
  visits(page: string, title: string) {
    // Its query and fragment often hold tokens; they do not leave the browser.
    this.host = { page: page.replace(/[?#].*$/, '').slice(0, 500), title: title.slice(0, 200) }
  }

  private from(): From {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''
    return { ...this.host, zone, language: navigator.language ?? '' }
  }

  typing() {
    if (Date.now() - this.typedAt < TYPING_AGAIN_MS) return
    this.typedAt = Date.now()
    this.link.send({ type: 'typing', on: true })
  }

  /** The visitor sees the log, or no longer does. */
  look(on: boolean) {
    this.looking = on
    if (on) this.seen()
  }

  contact(email: string, name: string) {
    this.start()
    this.claim = { email, name }
    this.link.send({ type: 'contact', email, name })
  }

  ask(step: View['step']) {
    this.change({ step, notice: null })
    if (step !== 'none') this.start()
  }

  identifyBy(email: string) {
    this.link.send({ type: 'identify', email })
  }

  code(code: string) {
    this.link.send({ type: 'code', code })
  }

  private hello(): ToServer {
    const newest = this.view.lines.filter((line) => line.state === 'sent').at(-1)
    return {
      type: 'hello',
      key: this.key,
      page: this.page,
      language: this.language,
      ...(this.token && { token: this.token }),
      ...(this.jwt && { jwt: this.jwt }),
      ...(newest && { after: newest.at }),
    }
  }

  take(frame: FromServer) {
    switch (frame.type) {
      case 'welcome':
        return this.welcome(frame)
      case 'ack':
        return this.acknowledged(frame)
      case 'message':
        return this.came([frame])
      case 'typing':
        return this.typed(frame.on ? frame.name : null)
      case 'read':
        return this.change({ seenAt: frame.at })
      case 'presence':
        return this.change({ open: frame.open, agentName: frame.agentName, ended: frame.ended })
      case 'online':
      case 'offline':
        return this.change({ open: frame.type === 'online' })
      case 'ended':
        return this.change({ ended: true, typing: null })
      case 'code-sent':
        return this.change({ step: 'code', codeFor: frame.email, notice: null })
      case 'verified':
        return this.change({ step: 'none', email: frame.email, notice: null })
      case 'contact-kept':
        this.claim = undefined
        this.keep.set('contact', frame.email)
        return this.change({ contact: frame.email, notice: null })
      case 'error':
        return this.refused(frame)
      case 'pong':
        return
    }
  }

  private welcome(frame: Extract<FromServer, { type: 'welcome' }>) {
    if (frame.token) {
      this.token = frame.token
      // The ticket of a signed visitor ends with the page; only a stranger's token is kept.
      this.keep.set('token', frame.signed ? undefined : frame.token)
    }
    // The signature has done its work: what reconnects from here on is the ticket.
    if (frame.signed) this.jwt = undefined
    this.change({
      link: 'open',
      signed: frame.signed,
      email: frame.email,
      open: frame.open,
      agentName: frame.agentName,
      ended: frame.ended,
    })
    this.came(frame.history)
    for (const one of this.waiting) this.link.send(asFrame(one))
    if (this.claim) this.link.send({ type: 'contact', ...this.claim })
  }

  private came(lines: Line[]) {
    const fresh = lines.filter((line) => !this.view.lines.some((known) => known.id === line.id))
    if (!fresh.length) return
    const sent = this.view.lines.filter((line) => line.state !== 'sending')
    const sending = this.view.lines.filter((line) => line.state === 'sending')
    const all = [...sent, ...fresh.map((line) => ({ ...line, state: 'sent' as const }))]
    all.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    const theirs = fresh.filter((line) => line.direction === 'outbound')
    this.change({ lines: [...all, ...sending], ...(theirs.length && { typing: null }) })
    if (theirs.length) this.link.send({ type: 'received', ids: theirs.map((line) => line.id).slice(-100) })
    this.count()
    if (this.looking) this.seen()
  }

  private acknowledged(frame: Extract<FromServer, { type: 'ack' }>) {
    this.queue(this.waiting.filter((one) => one.id !== frame.id))
    // What was sent again after a reconnection is acknowledged again: its line bears the message's id already.
    if (!this.view.lines.some((line) => line.id === frame.id)) return
    const lines = this.view.lines.filter((line) => line.id !== frame.message)
    this.change({
      lines: lines.map((line) =>
        line.id === frame.id ? { ...line, id: frame.message, at: frame.at, state: 'sent' } : line,
      ),
    })
  }

  private refused(frame: Extract<FromServer, { type: 'error' }>) {
    if (frame.code === 'wrong-code') return this.change({ notice: 'wrongCode' })
    if (frame.code === 'no-address') {
      this.claim = undefined
      return this.change({ notice: 'noAddress' })
    }
    if (frame.code === 'unknown-widget') return this.change({ link: 'refused' })
    if (!frame.id)
      return this.change({
        notice: frame.code === 'too-many' ? (this.view.step === 'none' ? 'busy' : 'tooMany') : null,
      })
    const id = frame.id
    if (frame.code === 'too-many') {
      setTimeout(() => this.again(id), (frame.retrySeconds ?? 10) * 1000)
      return this.change({ notice: 'waitMoment' })
    }
    this.queue(this.waiting.filter((one) => one.id !== id))
    this.change({
      lines: this.view.lines.map((line) => (line.id === id ? { ...line, state: 'failed' } : line)),
      notice: frame.code === 'too-long' ? 'tooLong' : null,
    })
  }

  private again(id: string) {
    const one = this.waiting.find((waiting) => waiting.id === id)
    if (one) this.link.send(asFrame(one))
    this.change({ notice: null })
  }

  private typed(name: string | null) {
    clearTimeout(this.typingTimer)
    if (name !== null) this.typingTimer = setTimeout(() => this.change({ typing: null }), TYPING_MS)
    this.change({ typing: name })
  }

  private seen() {
    const last = this.view.lines.filter((line) => line.direction === 'outbound').at(-1)
    if (!last) return
    if (this.keep.get('read') !== last.id) this.link.send({ type: 'read', id: last.id })
    this.keep.set('read', last.id)
    this.count()
  }

  private count() {
    const read = this.view.lines.findIndex((line) => line.id === this.keep.get('read'))
    const unread = this.looking
      ? 0
      : this.view.lines.slice(read + 1).filter((line) => line.direction === 'outbound').length
    if (unread !== this.view.unread) this.change({ unread })
  }

  private queue(waiting: Waiting[]) {
    this.waiting = waiting
    this.keep.set(this.place(), waiting.length ? JSON.stringify(waiting) : undefined)
  }

  private kept() {
    return JSON.parse(this.keep.get(this.place()) ?? '[]') as Waiting[]
  }

  private place() {
    return this.who === '' ? 'waiting' : `waiting:${this.who}`
  }

  private forget() {
    this.token = undefined
    this.keep.set('token', undefined)
    this.keep.set('read', undefined)
  }

  private change(part: Partial<View>) {
    this.view = { ...this.view, ...part }
    this.listeners.forEach((listener) => listener())
  }
}

/** A digest of the person that a signature names. Only the server verifies it; here it just keeps people apart. */
function subject(jwt: string) {
  let said = jwt
  try {
    const claims = JSON.parse(atob((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'))) as { sub?: string }
    said = claims.sub ?? jwt
  } catch {
    // Not a JWT: treat it as a separate person.
  }
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(said)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(36)
}

const asFrame = ({ id, text, from }: Waiting): ToServer => ({ type: 'message', id, text, ...(from && { from }) })

const asLine = (one: Waiting): Said => ({
  id: one.id,
  at: one.at,
  direction: 'inbound',
  author: '',
  text: one.text,
  state: 'sending',
})
