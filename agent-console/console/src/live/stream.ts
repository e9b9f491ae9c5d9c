import { ApiError, api } from '@/api'
import { backoffMillis, step, type Change, type Frame, type Position } from './frames'

export type Connection = 'connecting' | 'online' | 'offline'

export interface StreamListener {
  onChange(change: Change): void
  onHint(frame: Frame): void
  onRefetch(): void
  onConnection(state: Connection): void
  onSignedOut(): void
}

/** Silence longer than this means a dead line, even when the socket does not say so. */
const silenceMillisMax = 75_000

/** Keeps one socket open to `/api/v1/stream`, for as long as the console is open. */
export class Stream {
  private position: Position
  private socket: WebSocket | null = null
  private attempt = 0
  private timer: number | undefined
  private silence: number | undefined
  private closed = false

  /** @param since a change older than everything fetched so far; null when none is known */
  constructor(
    private readonly listener: StreamListener,
    since: number | null = null,
  ) {
    this.position = { last: since }
  }

  open(): void {
    window.addEventListener('online', this.retryNow)
    window.addEventListener('offline', this.lineLost)
    void this.connect()
  }

  close(): void {
    this.closed = true
    window.removeEventListener('online', this.retryNow)
    window.removeEventListener('offline', this.lineLost)
    window.clearTimeout(this.timer)
    window.clearTimeout(this.silence)
    this.socket?.close()
  }

  readonly retryNow = (): void => {
    if (this.closed || this.socket !== null) return
    window.clearTimeout(this.timer)
    this.attempt = 0
    void this.connect()
  }

  private readonly lineLost = (): void => {
    this.socket?.close()
  }

  private async connect(): Promise<void> {
    if (this.closed) return
    try {
      const { ticket } = await api.post<{ ticket: string }>('/stream/ticket')
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have been closed meanwhile
      if (this.closed) return
      const since = this.position.last === null ? '' : `&since=${this.position.last}`
      const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
      const socket = new WebSocket(
        `${scheme}://${location.host}/api/v1/stream?ticket=${encodeURIComponent(ticket)}${since}`,
      )
      this.socket = socket
      socket.onmessage = event => this.receive(String(event.data))
      socket.onclose = () => this.lost()
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 401) return this.listener.onSignedOut()
      this.lost()
    }
  }

  private receive(text: string): void {
    window.clearTimeout(this.silence)
    this.silence = window.setTimeout(this.lineLost, silenceMillisMax)
    const frame = JSON.parse(text) as Frame
    const { position, effect } = step(this.position, frame)
    this.position = position
    if ('since' in frame) {
      this.attempt = 0
      this.listener.onConnection('online')
    }
    if (effect === 'pong') this.socket?.send('{"pong":true}')
    if (effect === 'refetch') this.listener.onRefetch()
    if (effect === 'hint') this.listener.onHint(frame)
    if (effect === 'apply') this.listener.onChange(frame as Change)
  }

  private lost(): void {
    if (this.closed) return
    this.socket = null
    window.clearTimeout(this.silence)
    this.listener.onConnection(this.attempt === 0 ? 'connecting' : 'offline')
    this.timer = window.setTimeout(() => void this.connect(), backoffMillis(this.attempt))
    this.attempt += 1
  }
}
