import { useEffect, useRef, useState } from 'preact/hooks'
import type { Chat } from './chat'
import { Conversation } from './conversation'
import { Home } from './home'
import type { Host } from './host'
import type { Translate } from './words'

interface Props {
  chat: Chat
  host: Host
  name: string
  greeting: string
  locale: string
  t: Translate
}

/** Two pages: home, and the conversation. */
export function App({ chat, host, name, greeting, locale, t }: Props) {
  const [, redraw] = useState(0)
  const [page, setPage] = useState<'home' | 'chat'>('home')
  const [open, setOpen] = useState(parent === window)
  const root = useRef<HTMLDivElement>(null)

  useEffect(() => chat.onChange(() => redraw((count) => count + 1)), [chat])
  useEffect(() => host.opened(setOpen), [host])
  useEffect(() => chat.look(open && page === 'chat'), [chat, open, page])
  useEffect(() => {
    // Something new waits: that is what the visitor opens the window for.
    if (open && chat.view.unread) setPage('chat')
    if (open) root.current?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [open, page, chat])
  useEffect(() => {
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && !event.isComposing && host.close()
    addEventListener('keydown', escape)
    return () => removeEventListener('keydown', escape)
  }, [host])

  const view = chat.view
  return (
    <div ref={root} class="app">
      {page === 'home' ? (
        <Home
          view={view}
          name={name}
          greeting={greeting}
          locale={locale}
          t={t}
          onChat={() => setPage('chat')}
          onClose={() => host.close()}
        />
      ) : (
        <Conversation
          chat={chat}
          view={view}
          name={name}
          locale={locale}
          t={t}
          onBack={() => setPage('home')}
          onClose={() => host.close()}
        />
      )}
    </div>
  )
}
