import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Away, Confirm } from './address'
import type { Chat, Said, View } from './chat'
import { Composer } from './composer'
import { Icon } from './icons'
import type { Translate } from './words'

interface Props {
  chat: Chat
  view: View
  name: string
  locale: string
  t: Translate
  onBack(): void
  onClose(): void
}

const NEAR_END_PX = 80

export function Conversation({ chat, view, name, locale, t, onBack, onClose }: Props) {
  useEffect(() => chat.start(), [chat])
  const offline = !view.open && !view.ended
  const reachable = view.contact ?? view.email ?? (view.signed ? name : null)
  const leaving = offline && !view.lines.length && !reachable
  return (
    <main class="talk">
      <header class="bar">
        <button type="button" class="icon" aria-label={t('back')} onClick={onBack}>
          <Icon name="back" />
        </button>
        <div>
          <h1>{view.agentName ?? name}</h1>
          <small>
            <i class={view.open ? 'dot here' : 'dot'} />
            {view.email ? t('confirmed', { email: view.email }) : t(view.open ? 'hereNow' : 'awayNow')}
          </small>
        </div>
        <button type="button" class="icon" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <Log view={view} name={name} locale={locale} t={t}>
        {offline && view.lines.length > 0 && !reachable && <Away chat={chat} notice={view.notice} t={t} />}
        {offline && view.contact && <p class="quiet note">{t('kept', { email: view.contact })}</p>}
      </Log>
      <Notices view={view} t={t} />
      {view.step !== 'none' && <Confirm chat={chat} view={view} t={t} />}
      {leaving ? (
        <Away chat={chat} notice={view.notice} t={t} withMessage />
      ) : (
        view.step === 'none' && <Composer chat={chat} view={view} t={t} />
      )}
    </main>
  )
}

function Notices({ view, t }: { view: View; t: Translate }) {
  const broken = view.link === 'refused' ? 'refused' : view.link === 'lost' ? 'reconnecting' : null
  const word = broken ?? (view.step === 'none' ? view.notice : null)
  return (
    <div role="status" class="status">
      {word && <p class="notice">{t(word)}</p>}
    </div>
  )
}

function Log({
  view,
  name,
  locale,
  t,
  children,
}: {
  view: View
  name: string
  locale: string
  t: Translate
  children: preact.ComponentChildren
}) {
  const box = useRef<HTMLDivElement>(null)
  const near = useRef(true)
  useLayoutEffect(() => {
    if (near.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [view.lines, view.typing, view.contact, view.step])
  // Only the newest line has a receipt: an answer below it says more.
  const last = view.lines.at(-1)
  const receipt = (line: Said) => {
    if (line.state === 'failed') return t('failed')
    if (line !== last || line.direction === 'outbound') return null
    if (line.state === 'sending') return t('sending')
    return t(view.seenAt && view.seenAt >= line.at ? 'seen' : 'sent')
  }
  return (
    <div
      ref={box}
      class="log"
      tabIndex={0}
      role="log"
      aria-live="polite"
      aria-label={t('log')}
      onScroll={({ currentTarget: el }) =>
        (near.current = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_END_PX)
      }
    >
      {!view.lines.length && <p class="quiet note">{t('empty')}</p>}
      {view.lines.map((line, index) => (
        <Bubble
          key={line.id}
          line={line}
          before={view.lines[index - 1]}
          name={name}
          locale={locale}
          t={t}
          receipt={receipt(line)}
        />
      ))}
      {view.typing !== null && (
        <p class="bubble theirs typing">
          <span class="unseen">{`${view.typing || t('someone')} ${t('typing')}`}</span>
          <i />
          <i />
          <i />
        </p>
      )}
      {view.ended && <p class="quiet note">{t('ended')}</p>}
      {children}
    </div>
  )
}

function Bubble({
  line,
  before,
  name,
  locale,
  t,
  receipt,
}: {
  line: Said
  before: Said | undefined
  name: string
  locale: string
  t: Translate
  receipt: string | null
}) {
  const mine = line.direction === 'inbound'
  const at = new Date(line.at)
  const newDay = !before || new Date(before.at).toDateString() !== at.toDateString()
  const first = newDay || before.direction !== line.direction || before.author !== line.author
  const who = mine ? t('you') : line.author || name
  return (
    <>
      {newDay && <p class="day">{day(at, locale, t)}</p>}
      {first && !mine && (
        <p class="who" aria-hidden="true">
          {who}
        </p>
      )}
      <div class={`bubble ${mine ? 'mine' : 'theirs'} ${line.state}`}>
        <span class="unseen">{`${who} ${t('said')}: `}</span>
        <span class="said" dir="auto">
          {linked(line.text)}
        </span>
        <time dateTime={line.at}>
          {at.toLocaleTimeString(locale, {
            hour: '2-digit',
            minute: '2-digit',
            ...(locale === 'zh-CN' && { hour12: false }),
          })}
        </time>
      </div>
      {receipt && <p class={`receipt ${line.state}`}>{receipt}</p>}
    </>
  )
}

function day(at: Date, locale: string, t: Translate) {
  const now = new Date()
  if (at.toDateString() === now.toDateString()) return t('today')
  now.setDate(now.getDate() - 1)
  if (at.toDateString() === now.toDateString()) return t('yesterday')
  return at.toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** Addresses of pages become links; everything else stays text. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>"')\]]+)/g).map((part, index) =>
    index % 2 ? (
      <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ) : (
      part
    ),
  )
}
