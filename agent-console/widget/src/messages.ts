/** What page and frame tell each other. Never a word of the conversation; `url` has neither query nor fragment. */
export type ToFrame =
  | { switchboard: 1; type: 'opened' }
  | { switchboard: 1; type: 'closed' }
  | { switchboard: 1; type: 'identify'; jwt: string }
  | { switchboard: 1; type: 'logout' }
  | { switchboard: 1; type: 'page'; url: string; title: string }

export type ToPage =
  | { switchboard: 1; type: 'ready' }
  | { switchboard: 1; type: 'close' }
  | { switchboard: 1; type: 'unread'; count: number }

/** Which page the widget was told to look like. */
export type Theme = 'auto' | 'light' | 'dark'
