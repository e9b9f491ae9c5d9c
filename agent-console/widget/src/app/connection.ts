import type { FromServer, ToServer } from './frames'

const PING_MS = 25_000
const SILENCE_MS = 60_000
const WAIT_MS_MAX = 30_000
const WAIT_MS_AFTER_LIMIT = 60_000
const CLOSED_FOR_GOOD = 4403
const CLOSED_BY_LIMIT = 4429

export interface Events {
  hello(): ToServer
  frame(frame: FromServer): void
  lost(forGood: boolean): void
}

/** One socket that is opened again, sooner or later, until it is closed here or refused for good. */
export class Connection {
  private socket: WebSocket | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private ping: ReturnType<typeof setInterval> | undefined
  private heardAt = 0
  private tries = 0
  private wanted = false

  constructor(
    private readonly url: string,
    private readonly events: Events,
  ) {
    addEventListener('online', () => this.wanted && !this.socket && this.connect())
  }

  start() {
    if (this.wanted) return
    this.wanted = true
    this.connect()
  }

  /** Says hello again, as whoever the visitor is now. */
  restart() {
    this.stop()
    this.start()
  }

  stop() {
    this.wanted = false
    clearTimeout(this.timer)
    this.drop()
  }

  send(frame: ToServer) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame))
  }

  private connect() {
    clearTimeout(this.timer)
    const socket = new WebSocket(this.url)
    this.socket = socket
    socket.onopen = () => {
      this.heardAt = Date.now()
      this.send(this.events.hello())
      this.ping = setInterval(() => this.beat(), PING_MS)
    }
    socket.onmessage = (event) => {
      this.heardAt = Date.now()
      this.tries = 0
      this.events.frame(JSON.parse(event.data as string) as FromServer)
    }
    socket.onclose = (event) => socket === this.socket && this.closed(event.code)
  }

  private beat() {
    if (Date.now() - this.heardAt > SILENCE_MS) this.socket?.close()
    else this.send({ type: 'ping' })
  }

  private closed(code: number) {
    this.drop()
    const forGood = code === CLOSED_FOR_GOOD
    this.events.lost(forGood)
    if (forGood) this.wanted = false
    if (!this.wanted) return
    const wait = code === CLOSED_BY_LIMIT ? WAIT_MS_AFTER_LIMIT : Math.min(WAIT_MS_MAX, 500 * 2 ** this.tries++)
    // Not all at once: everybody was cut off in the same moment.
    this.timer = setTimeout(() => this.connect(), wait / 2 + Math.random() * wait)
  }

  private drop() {
    clearInterval(this.ping)
    const socket = this.socket
    this.socket = undefined
    socket?.close()
  }
}
