import { render } from 'preact'
import type { Theme } from '../messages'
import { App } from './app'
import { Chat } from './chat'
import { Host } from './host'
import { Keep } from './keep'
import './style.css'
import { translator } from './words'

interface Config {
  name: string
  color: string
  ink: string
  greeting: Record<string, string>
  open: boolean
}

async function start() {
  const params = new URLSearchParams(location.search)
  const key = params.get('key') ?? ''
  const locale = (params.get('locale') ?? navigator.language).startsWith('zh') ? 'zh-CN' : 'en'
  const root = document.documentElement
  root.lang = locale
  root.dataset.theme = (params.get('theme') ?? 'auto') as Theme
  const answer = await fetch(`/chat/config?${new URLSearchParams({ key })}`)
  if (!answer.ok) return
  const config = (await answer.json()) as Config
  root.style.setProperty('--brand', config.color)
  root.style.setProperty('--ink', config.ink)
  const url = `${location.origin.replace(/^http/, 'ws')}/chat/socket`
  const chat = new Chat(url, key, locale, params.get('page') ?? '', new Keep(key))
  chat.take({ type: config.open ? 'online' : 'offline' })
  const host = new Host(params.get('page') ?? '')
  const greeting = config.greeting[locale] ?? config.greeting.en ?? ''
  render(
    <App
      chat={chat}
      host={host}
      name={config.name}
      greeting={greeting}
      locale={locale}
      t={translator(locale)}
    />,
    document.getElementById('app')!,
  )
  host.start(chat)
  if (chat.returning) chat.start()
}

void start()
