/** What page and frame tell each other. Never a word of the conversation. */
export type ToFrame =
  | { switchboard: 1; type: 'opened' }
  | { switchboard: 1; type: 'closed' }
  | { switchboard: 1; type: 'identify'; jwt: string }
  | { switchboard: 1; type: 'logout' }

export type ToPage =
  | { switchboard: 1; type: 'ready' }
  | { switchboard: 1; type: 'close' }
  | { switchboard: 1; type: 'unread'; count: number }

/** Which page the widget was told to look like. */
export type Theme = 'auto' | 'light' | 'dark'
