import { render } from 'preact'
import type { Theme } from '../messages'
import { App } from './app'
import { Chat } from './chat'
import { Closed } from './closed'
import { Host } from './host'
import { Keep } from './keep'
import './style.css'
import { translator, type Word } from './words'

const TRY_AGAIN_MS = 5000

interface Config {
  name: string
  color: string
  ink: string
  greeting: Record<string, string>
  open: boolean
}

/** How the window is to look; asked again while the server cannot be reached, null where it refuses. */
async function asked(key: string, say: (word: Word) => void): Promise<Response | null> {
  for (;;) {
    const answer = await fetch(`/chat/config?${new URLSearchParams({ key })}`).catch(() => null)
    if (answer?.ok) return answer
    const refused = answer && answer.status < 500 && answer.status !== 429
    say(refused ? 'refused' : 'reconnecting')
    if (refused) return null
    await new Promise((done) => setTimeout(done, TRY_AGAIN_MS))
  }
}

async function start() {
  const params = new URLSearchParams(location.search)
  const key = params.get('key') ?? ''
  const locale = (params.get('locale') ?? navigator.language).startsWith('zh') ? 'zh-CN' : 'en'
  const root = document.documentElement
  root.lang = locale
  root.dataset.theme = (params.get('theme') ?? 'auto') as Theme
  const t = translator(locale)
  const host = new Host(params.get('page') ?? '')
  const app = document.getElementById('app')!
  const answer = await asked(key, (word) => render(<Closed host={host} word={word} t={t} />, app))
  if (!answer) return
  const config = (await answer.json()) as Config
  root.style.setProperty('--brand', config.color)
  root.style.setProperty('--ink', config.ink)
  const url = `${location.origin.replace(/^http/, 'ws')}/chat/socket`
  const chat = new Chat(url, key, locale, params.get('page') ?? '', new Keep(key))
  chat.take({ type: config.open ? 'online' : 'offline' })
  const greeting = config.greeting[locale] ?? config.greeting.en ?? ''
  render(<App chat={chat} host={host} name={config.name} greeting={greeting} locale={locale} t={t} />, app)
  host.start(chat)
  if (chat.returning) chat.start()
}

void start()
