import type { ToFrame, ToPage } from '../messages'
import type { Chat } from './chat'

/** The page around the frame. Only that window, speaking for that origin, is listened to. */
export class Host {
  private readonly onOpen = new Set<(open: boolean) => void>()

  constructor(private readonly origin: string) {}

  start(chat: Chat) {
    addEventListener('message', (event) => {
      if (event.source !== parent || event.origin !== this.origin || parent === window) return
      const message = event.data as ToFrame
      if (message?.switchboard !== 1) return
      if (message.type === 'identify') chat.identify(message.jwt)
      else if (message.type === 'logout') chat.logout()
      else if (message.type === 'page') chat.visits(message.url, message.title)
      else this.onOpen.forEach((listener) => listener(message.type === 'opened'))
    })
    let unread = -1
    chat.onChange(() => {
      if (chat.view.unread !== unread)
        this.post({ switchboard: 1, type: 'unread', count: (unread = chat.view.unread) })
    })
    this.post({ switchboard: 1, type: 'ready' })
  }

  opened(listener: (open: boolean) => void) {
    this.onOpen.add(listener)
    return () => void this.onOpen.delete(listener)
  }

  close() {
    this.post({ switchboard: 1, type: 'close' })
  }

  private post(message: ToPage) {
    if (parent !== window && this.origin) parent.postMessage(message, this.origin)
  }
}
