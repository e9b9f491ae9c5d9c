import { Tooltip } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attachment, MessageStatus, TimelineItem } from '@/api-types'
import { Avatar } from '@/ui/Avatar'
import { callWords } from '@/ui/call-words'
import { channelIcon, channelLabel } from '@/ui/channel'
import { Icon, type IconName } from '@/ui/icons'
import { bytes, clock, dateTime, timeOfDay } from '@/ui/time'
import { AppointmentCard, calendarFile } from './appointment/AppointmentCard'
import { fold } from './blocks'
import { MailFrame } from './MailFrame'
import { Kept } from './Proof'
import { Text } from './Text'
import css from './timeline.module.css'

/** One item of a timeline, in the shape that its channel is read best in. */
export function ItemView({ item, away, menu }: { item: TimelineItem; away?: boolean; menu?: ReactNode }) {
  const mine = item.direction !== 'inbound'
  const bubble = item.kind === 'message' && (item.channel === 'chat' || item.channel === 'sms')
  return (
    <article className={css.item} data-mine={mine} data-bubble={bubble} id={`item-${item.id}`}>
      {!(bubble && mine) && <Avatar name={item.actor.name} size={28} />}
      {bubble ? <Bubble item={item} away={away} menu={menu} /> : <Card item={item} away={away} menu={menu} />}
    </article>
  )
}

interface Shown {
  item: TimelineItem
  /** Stands under another day than its own. */
  away?: boolean
  menu: ReactNode
}

function Card({ item, away, menu }: Shown) {
  const { t } = useTranslation()
  const call = item.kind === 'call' || item.kind === 'voicemail'
  const invitation = item.appointment === null ? null : calendarFile(item.attachments)
  return (
    <div className={css.card} data-kind={item.kind}>
      <header className={css.head}>
        {call ? (
          <>
            <Icon name={callIcon(item)} className={css.callIcon} data-outcome={item.call?.outcome ?? ''} />
            <strong>{callTitle(item, t)}</strong>
          </>
        ) : (
          <strong dir="auto">{item.actor.name || item.from || t('customer.unnamed')}</strong>
        )}
        {call && typeof item.call?.durationSeconds === 'number' && (
          <span className="num">{clock(item.call.durationSeconds)}</span>
        )}
        {item.kind === 'note' && (
          <span className={css.meta}>
            <Icon name="lock" size={14} />
            {t('note.internal')}
          </span>
        )}
        {!call && item.kind !== 'note' && (
          <span className={css.meta} title={addresses(item)}>
            <Icon
              name={item.kind === 'forward' ? 'forward' : channelIcon(item.channel)}
              size={14}
              aria-label={t(item.kind === 'forward' ? 'item.forwarded' : channelLabel(item.channel))}
            />
            <span className={css.to}>{recipients(item, t)}</span>
          </span>
        )}
        <Flags item={item} />
        <span className={css.end}>
          <Status item={item} />
          <Time at={item.at} away={away} />
          {menu}
        </span>
      </header>
      <div className={css.body}>
        {item.appointment !== null && <AppointmentCard appointment={item.appointment} file={invitation} />}
        {call ? <CallBody item={item} /> : item.appointment?.alone !== true && <MailBody item={item} />}
        <Attachments list={item.attachments.filter(it => it !== invitation)} />
      </div>
      <Trouble item={item} />
      <Kept item={item} />
    </div>
  )
}

function Time({ at, away }: { at: string; away?: boolean }) {
  return (
    <time dateTime={at} title={dateTime(at)}>
      {away ? dateTime(at) : timeOfDay(at)}
    </time>
  )
}

function Bubble({ item, away, menu }: Shown) {
  const { t } = useTranslation()
  return (
    <div className={css.bubbleBox}>
      <div className={css.bubbleRow}>
        <div className={css.bubble} dir="auto">
          <Text text={item.visibleText || item.text} />
        </div>
        {menu}
      </div>
      <Attachments list={item.attachments} />
      <div className={css.under}>
        <Icon name={channelIcon(item.channel)} size={13} />
        <span>{t(channelLabel(item.channel))}</span>·
        {item.direction === 'outbound' && item.actor.name && (
          <>
            <span>{item.actor.name}</span>·
          </>
        )}
        <Time at={item.at} away={away} />
        <Status item={item} />
        <Flags item={item} />
      </div>
      <Trouble item={item} />
    </div>
  )
}

function MailBody({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const { shown, folded, foldedLines, signature } = fold(item)
  const [formatted, setFormatted] = useState(item.contentUrl !== null && folded === '')
  const [open, setOpen] = useState(false)
  const switcher = item.contentUrl !== null && (
    <button type="button" className={css.fold} onClick={() => setFormatted(!formatted)}>
      {formatted ? t('mail.asText') : t('mail.formatted')}
    </button>
  )
  if (formatted && item.contentUrl !== null) {
    return (
      <>
        <MailFrame
          url={item.contentUrl}
          ours={item.direction !== 'inbound' && item.kind !== 'forward'}
          title={t('mail.frame', { name: item.actor.name })}
        >
          <div className={css.text} dir="auto">
            <Text text={shown} />
          </div>
        </MailFrame>
        {switcher}
      </>
    )
  }
  return (
    <>
      <div className={css.text} dir="auto">
        <Text text={shown} />
      </div>
      {(folded !== '' || signature !== '') && (
        <button type="button" className={css.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open
            ? t('mail.hideQuoted')
            : foldedLines > 0
              ? t('mail.quoted', { count: foldedLines })
              : t('mail.signature')}
        </button>
      )}
      {switcher}
      {open && signature !== '' && (
        <div className={css.quoted} dir="auto">
          {signature}
        </div>
      )}
      {open && folded !== '' && (
        <div className={css.quoted} dir="auto">
          <Text text={folded} />
        </div>
      )}
    </>
  )
}

function CallBody({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const facts = item.call
  const outcome = facts?.outcome
  return (
    <>
      {facts?.agentName && <div className={css.facts}>{t('call.with', { name: facts.agentName })}</div>}
      {outcome === 'missed' && <div className={css.facts}>{t('call.missedText')}</div>}
      {item.text && callTitle(item, t) !== callWords(item.text, t) && (
        <div className={css.text} dir="auto">
          <Text text={callWords(item.text, t)} />
        </div>
      )}
      {facts?.recordingUrl && (
        <audio
          className={css.audio}
          controls
          preload="none"
          src={facts.recordingUrl}
          aria-label={t('call.recording')}
        />
      )}
    </>
  )
}

function Attachments({ list }: { list: readonly Attachment[] }) {
  const { t } = useTranslation()
  if (list.length === 0) return null
  return (
    <ul className={css.attachments} aria-label={t('mail.attachments')}>
      {list.map(it => (
        <li key={it.id}>
          <a href={it.url} target="_blank" rel="noopener noreferrer" download={it.name}>
            {it.type.startsWith('image/') ? <img src={it.url} alt="" loading="lazy" /> : <Icon name="clip" />}
            <span dir="auto">{it.name}</span>
            <small className="num">{bytes(it.sizeBytes)}</small>
          </a>
        </li>
      ))}
    </ul>
  )
}

const statusIcons: Record<MessageStatus, IconName> = {
  accepted: 'clock',
  queued: 'clock',
  sending: 'clock',
  sent: 'check',
  delivered: 'checkDouble',
  read: 'checkDouble',
  undelivered: 'alert',
  failed: 'alert',
  bounced: 'alert',
  uncertain: 'info',
}

export function Status({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  if (item.direction !== 'outbound' || item.status === null) return null
  const label = t(`delivery.${item.status}`)
  return (
    <Tooltip label={item.statusDetail ? `${label}: ${item.statusDetail}` : label}>
      <span className={css.status} data-status={item.status} role="img" aria-label={label}>
        <Icon name={statusIcons[item.status]} size={14} />
      </span>
    </Tooltip>
  )
}

const troubled: readonly MessageStatus[] = ['failed', 'undelivered', 'bounced', 'uncertain']

/** A message that did not arrive says so in the thread, not only in a tick. */
function Trouble({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const partly = item.status === 'sent' && item.direction === 'outbound' && item.statusDetail !== ''
  if (item.status === null || !(partly || troubled.includes(item.status))) return null
  return (
    <div className={css.trouble} data-status={item.status} role="note">
      <Icon name="alert" size={14} />
      <strong>{t(`delivery.${item.status}`)}</strong>
      {item.statusDetail && <span>{item.statusDetail}</span>}
    </div>
  )
}

const textFlags = ['opt-out', 'opt-out?', 'opt-in', 'media-lost'] as const

function Flags({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const known = [
    'third-party',
    'duplicate-id',
    'auto-reply',
    'dmarc-fail',
    'sender-unproven',
    'reply-elsewhere',
    'over-limit',
    'signed',
    'encrypted',
    'appointment',
  ] as const
  return (
    <>
      {known
        .filter(it => item.flags.includes(it) && !(it === 'appointment' && item.appointment !== null))
        .map(flag => (
          <Tooltip key={flag} label={t(`flag.${flag}Text`)}>
            <span className={css.flag} data-flag={flag}>
              {t(`flag.${flag}`)}
            </span>
          </Tooltip>
        ))}
      {textFlags
        .filter(it => item.flags.includes(it))
        .map(flag => (
          <Tooltip key={flag} label={t(`textFlag.${flag}Text`)}>
            <span className={css.flag} data-flag={flag} role="note" aria-label={t(`textFlag.${flag}Text`)}>
              {t(`textFlag.${flag}`)}
            </span>
          </Tooltip>
        ))}
    </>
  )
}

type T = TFunction

function recipients(item: TimelineItem, t: T): string {
  const first = item.to[0] ?? ''
  const more = item.to.length - 1 + item.cc.length
  if (item.channel === 'form' || first === '') return String(t(channelLabel(item.channel)))
  return String(t('mail.to', { to: first })) + (more > 0 ? ` +${more}` : '')
}

function addresses(item: TimelineItem): string {
  return [item.from, '→', ...item.to, ...item.cc.map(it => `Cc ${it}`), ...item.bcc.map(it => `Bcc ${it}`)]
    .filter(Boolean)
    .join(' ')
}

function callIcon(item: TimelineItem): IconName {
  return item.kind === 'voicemail' ? 'voicemail' : item.direction === 'outbound' ? 'callOut' : 'callIn'
}

function callTitle(item: TimelineItem, t: T): string {
  if (item.kind === 'voicemail') return t('callWords.voicemail')
  if (item.call?.outcome === 'voicemail') return t('callWords.left')
  if (item.call?.outcome === 'callback') return t('callWords.callback')
  if (item.call?.outcome === 'missed') return t('call.missed')
  return t(item.direction === 'outbound' ? 'call.outgoing' : 'call.incoming')
}
