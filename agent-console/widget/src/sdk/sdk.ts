/**
 * The loader that a page names: draws the launcher, and makes the frame when somebody is about to use it.
 *
 * `<script async src="https://desk.example/widget.js" data-key="..." data-locale="en" data-theme="auto"></script>`
 */
import type { ToFrame, ToPage } from '../messages'
import { style } from './style'

type Listener = (detail: unknown) => void
interface Config {
  name: string
  color: string
  ink: string
}

const script = document.currentScript as HTMLScriptElement | null
const chat =
  '<svg viewBox="0 0 24 24" fill="currentColor"><path d="M12 3C6.5 3 2 6.8 2 11.5c0 2.6 1.4 4.9 3.6 6.5' +
  '-.1 1-.5 2.1-1.4 3.1-.2.3 0 .7.4.6 2-.3 3.6-1 4.7-1.9.9.2 1.8.3 2.7.3 5.5 0 10-3.9 10-8.6S17.5 3 12 3z"/></svg>'
const cross =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" ' +
  'stroke-linecap="round"><path d="M6 6l12 12M18 6L6 18"/></svg>'
const words = {
  en: ['Open chat', 'Close chat', 'Chat', 'unread'],
  zh: ['打开聊天', '关闭聊天', '聊天', '条未读'],
}

function start(script: HTMLScriptElement) {
  const origin = new URL(script.src).origin
  const { key = '', theme = 'auto' } = script.dataset
  const locale = script.dataset.locale ?? navigator.language
  const [openWord, closeWord, title, unreadWord] = words[locale.startsWith('zh') ? 'zh' : 'en'] as [
    string,
    string,
    string,
    string,
  ]
  const seen = `switchboard:${key}`
  const listeners: Record<string, Listener[]> = {}
  const waiting: ToFrame[] = []
  let ready = false
  let open = false
  let frame: HTMLIFrameElement | undefined
  let button: HTMLButtonElement | undefined
  let badge: HTMLElement | undefined
  let panel: HTMLElement | undefined

  const tell = (event: string, detail?: unknown) => listeners[event]?.forEach((listener) => listener(detail))
  const post = (message: ToFrame) => {
    if (ready) frame?.contentWindow?.postMessage(message, origin)
    else waiting.push(message)
  }

  /** Without query and fragment, which often hold tokens. */
  const here = () =>
    post({ switchboard: 1, type: 'page', url: location.origin + location.pathname, title: document.title })
  // The page loses the focus to the frame each time that somebody comes to write; a single page may be another by then.
  addEventListener('blur', () => frame && here())

  function makeFrame() {
    if (frame || !panel) return
    frame = document.createElement('iframe')
    frame.title = title
    frame.src = `${origin}/widget/app/?${new URLSearchParams({ key, locale, theme, page: location.origin })}`
    panel.append(frame)
  }

  function show(on: boolean) {
    if (!button) return void (wanted = on)
    if (on) makeFrame()
    if (on === open) return
    open = on
    button.classList.toggle('open', on)
    button.ariaExpanded = `${on}`
    button.ariaLabel = on ? closeWord : openWord
    here()
    post({ switchboard: 1, type: on ? 'opened' : 'closed' })
    if (on) frame?.focus()
    else button.focus()
    remember()
    tell(on ? 'open' : 'close')
  }

  function remember() {
    try {
      localStorage.setItem(seen, '1')
    } catch {
      // A page that may store nothing has no returning visitors.
    }
  }

  function returning() {
    try {
      return localStorage.getItem(seen)
    } catch {
      return null
    }
  }

  addEventListener('message', (event) => {
    if (event.origin !== origin || !frame || event.source !== frame.contentWindow) return
    const message = event.data as ToPage
    if (message?.switchboard !== 1) return
    if (message.type === 'ready') {
      ready = true
      waiting.splice(0).forEach(post)
    } else if (message.type === 'close') {
      show(false)
    } else if (badge && button) {
      badge.textContent = message.count ? `${Math.min(message.count, 99)}` : ''
      if (!open) button.ariaLabel = message.count ? `${openWord}, ${message.count} ${unreadWord}` : openWord
      tell('unread', message.count)
    }
  })

  function draw(config: Config) {
    const host = document.createElement('div')
    host.id = 'switchboard-widget'
    const root = host.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style)
    root.adoptedStyleSheets = [sheet]
    button = document.createElement('button')
    button.type = 'button'
    button.ariaLabel = openWord
    button.ariaExpanded = 'false'
    button.innerHTML = chat + cross
    badge = document.createElement('i')
    badge.ariaHidden = 'true'
    button.append(badge)
    panel = document.createElement('div')
    host.style.setProperty('--c', config.color)
    host.style.setProperty('--i', config.ink)
    button.onclick = () => show(!open)
    button.onpointerenter = button.onfocus = makeFrame
    root.append(button, panel)
    document.body.append(host)
    if (waiting.length || returning()) (window.requestIdleCallback ?? setTimeout)(makeFrame)
    if (wanted) show(true)
  }

  let wanted = false
  const api = {
    open: () => show(true),
    close: () => show(false),
    /** Says who the visitor is, by a JWT that the page's server has signed. */
    identify: (jwt: string) => {
      post({ switchboard: 1, type: 'identify', jwt })
      makeFrame()
    },
    logout: () => post({ switchboard: 1, type: 'logout' }),
    /** `open`, `close`, `unread` (a count). */
    on: (event: string, listener: Listener) => void (listeners[event] ??= []).push(listener),
  }
  const page = window as unknown as { Switchboard?: unknown }
  const early = page.Switchboard
  page.Switchboard = api
  // Calls made before this script came: `Switchboard = [['identify', jwt]]`.
  if (Array.isArray(early))
    for (const [name, ...args] of early)
      (api[name as keyof typeof api] as (...all: unknown[]) => void)?.(...args)

  fetch(`${origin}/chat/config?${new URLSearchParams({ key })}`)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((config: Config) => {
      if (document.body) draw(config)
      else addEventListener('DOMContentLoaded', () => draw(config))
    })
    .catch((reason) => console.warn('Switchboard: this page may not show the widget', reason))
}

if (script) start(script)
