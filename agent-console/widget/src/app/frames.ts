/** The frames of the chat socket, as `channels/docs/chat.md` names them. */
export interface Line {
  id: string
  at: string
  direction: 'inbound' | 'outbound'
  author: string
  text: string
}

export interface Presence {
  open: boolean
  agentName: string | null
  ended: boolean
}

export type FromServer =
  | ({
      type: 'welcome'
      visitor: string
      token?: string
      signed: boolean
      email: string | null
      history: Line[]
    } & Presence)
  | { type: 'ack'; id: string; message: string; at: string }
  | ({ type: 'message' } & Line)
  | { type: 'typing'; on: boolean; name: string }
  | { type: 'read'; at: string }
  | ({ type: 'presence' } & Presence)
  | { type: 'online' }
  | { type: 'offline' }
  | { type: 'ended' }
  | { type: 'code-sent'; email: string }
  | { type: 'verified'; email: string }
  | { type: 'contact-kept'; email: string }
  | { type: 'error'; code: string; detail: string; id?: string; retrySeconds?: number }
  | { type: 'pong' }

/** Where a message was written. */
export interface From {
  page?: string
  title?: string
  zone: string
  language: string
}

export type ToServer =
  | { type: 'hello'; key: string; token?: string; jwt?: string; page: string; language: string; after?: string }
  | { type: 'message'; id: string; text: string; from?: From }
  | { type: 'typing'; on: boolean }
  | { type: 'received'; ids: string[] }
  | { type: 'read'; id: string }
  | { type: 'identify'; email: string }
  | { type: 'code'; code: string }
  | { type: 'contact'; email: string; name: string }
  | { type: 'ping' }
