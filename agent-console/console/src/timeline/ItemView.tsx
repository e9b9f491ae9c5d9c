import { Tooltip } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attachment, MessageStatus, TimelineItem } from '@/api-types'
import { Avatar } from '@/ui/Avatar'
import { channelIcon } from '@/ui/channel'
import { Icon, type IconName } from '@/ui/icons'
import { bytes, clock, dateTime, timeOfDay } from '@/ui/time'
import { fold } from './blocks'
import { Text } from './Text'
import css from './timeline.module.css'

/** One item of a timeline, in the shape that its channel is read best in. */
export function ItemView({ item, menu }: { item: TimelineItem; menu?: ReactNode }) {
  const mine = item.direction !== 'inbound'
  const bubble = item.kind === 'message' && (item.channel === 'chat' || item.channel === 'sms')
  return (
    <article className={css.item} data-mine={mine} data-bubble={bubble} id={`item-${item.id}`}>
      {!(bubble && mine) && <Avatar name={item.actor.name} size={28} />}
      {bubble ? <Bubble item={item} menu={menu} /> : <Card item={item} menu={menu} />}
    </article>
  )
}

function Card({ item, menu }: { item: TimelineItem; menu: ReactNode }) {
  const { t } = useTranslation()
  const call = item.kind === 'call' || item.kind === 'voicemail'
  return (
    <div className={css.card} data-kind={item.kind}>
      <header className={css.head}>
        {call ? (
          <>
            <Icon name={callIcon(item)} className={css.callIcon} data-outcome={item.call?.outcome ?? ''} />
            <strong>{callTitle(item, t)}</strong>
          </>
        ) : (
          <strong>{item.actor.name ?? item.from ?? t('customer.unnamed')}</strong>
        )}
        {call && item.call?.durationSeconds != null && (
          <span className="num">{clock(item.call.durationSeconds)}</span>
        )}
        {item.kind === 'note' && (
          <span className={css.meta}>
            <Icon name="lock" size={14} />
            {t('note.internal')}
          </span>
        )}
        {item.kind === 'message' && (
          <span className={css.meta} title={addresses(item)}>
            <Icon
              name={channelIcon(item.channel)}
              size={14}
              aria-label={t(`channel.${item.channel as 'email'}`)}
            />
            <span className={css.to}>{recipients(item, t)}</span>
          </span>
        )}
        <Flags item={item} />
        <span className={css.end}>
          <Status item={item} />
          <time dateTime={item.at} title={dateTime(item.at)}>
            {timeOfDay(item.at)}
          </time>
          {menu}
        </span>
      </header>
      <div className={css.body}>
        {call ? <CallBody item={item} /> : <MailBody item={item} />}
        <Attachments list={item.attachments ?? []} />
      </div>
      <Trouble item={item} />
    </div>
  )
}

function Bubble({ item, menu }: { item: TimelineItem; menu: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={css.bubbleBox}>
      <div className={css.bubbleRow}>
        <div className={css.bubble}>
          <Text text={item.visibleText ?? item.text ?? ''} />
        </div>
        {menu}
      </div>
      <Attachments list={item.attachments ?? []} />
      <div className={css.under}>
        <Icon name={channelIcon(item.channel)} size={13} />
        <span>{t(`channel.${item.channel as 'sms'}`)}</span>·
        {item.direction === 'outbound' && item.actor.name && (
          <>
            <span>{item.actor.name}</span>·
          </>
        )}
        <time dateTime={item.at} title={dateTime(item.at)}>
          {timeOfDay(item.at)}
        </time>
        <Status item={item} />
      </div>
      <Trouble item={item} />
    </div>
  )
}

function MailBody({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const { shown, folded, foldedLines, signature } = fold(item)
  const [formatted, setFormatted] = useState(item.contentUrl != null && folded === '')
  const [open, setOpen] = useState(false)
  const switcher = item.contentUrl != null && (
    <button type="button" className={css.fold} onClick={() => setFormatted(!formatted)}>
      {formatted ? t('mail.asText') : t('mail.formatted')}
    </button>
  )
  if (formatted && item.contentUrl != null) {
    const lines = Math.min(
      30,
      Math.max(4, (item.text ?? shown).length / 55 + (item.text ?? shown).split('\n').length),
    )
    return (
      <>
        <iframe
          className={css.frame}
          data-size={lines > 20 ? 'l' : lines > 10 ? 'm' : 's'}
          src={item.contentUrl}
          loading="lazy"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          title={t('mail.frame', { name: item.actor.name ?? '' })}
        />
        {switcher}
      </>
    )
  }
  return (
    <>
      <div className={css.text}>
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
      {open && signature !== '' && <div className={css.quoted}>{signature}</div>}
      {open && folded !== '' && (
        <div className={css.quoted}>
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
      {item.text && (
        <div className={css.text}>
          <Text text={item.text} />
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
            {it.type.startsWith('image/') && it.url !== undefined ? (
              <img src={it.url} alt="" loading="lazy" />
            ) : (
              <Icon name="clip" />
            )}
            <span>{it.name}</span>
            <small className="num">{bytes(it.sizeBytes)}</small>
          </a>
        </li>
      ))}
    </ul>
  )
}

const statusIcons: Record<MessageStatus, IconName> = {
  received: 'check',
  queued: 'clock',
  sending: 'clock',
  sent: 'check',
  delivered: 'checkDouble',
  failed: 'alert',
  bounced: 'alert',
  uncertain: 'info',
}

export function Status({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  if (item.direction !== 'outbound' || !item.status || item.status === 'received') return null
  const label = t(`delivery.${item.status}`)
  return (
    <Tooltip label={item.statusDetail ? `${label}: ${item.statusDetail}` : label}>
      <span className={css.status} data-status={item.status} role="img" aria-label={label}>
        <Icon name={statusIcons[item.status]} size={14} />
      </span>
    </Tooltip>
  )
}

/** A message that did not arrive says so in the thread, not only in a tick. */
function Trouble({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  if (item.status !== 'failed' && item.status !== 'bounced' && item.status !== 'uncertain') return null
  return (
    <div className={css.trouble} data-status={item.status} role="note">
      <Icon name="alert" size={14} />
      <strong>{t(`delivery.${item.status}`)}</strong>
      {item.statusDetail && <span>{item.statusDetail}</span>}
    </div>
  )
}

function Flags({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const known = ['third-party', 'duplicate-id', 'auto-reply', 'dmarc-fail'] as const
  return (
    <>
      {known
        .filter(it => item.flags?.includes(it))
        .map(flag => (
          <Tooltip key={flag} label={t(`flag.${flag}Text`)}>
            <span className={css.flag} data-flag={flag}>
              {t(`flag.${flag}`)}
            </span>
          </Tooltip>
        ))}
    </>
  )
}

type T = ReturnType<typeof useTranslation>['t']

function recipients(item: TimelineItem, t: T): string {
  const to = item.to ?? []
  const first = to[0] ?? ''
  const more = to.length - 1 + (item.cc?.length ?? 0)
  if (item.channel === 'form') return t('channel.form')
  return first === ''
    ? t(`channel.${item.channel as 'email'}`)
    : t('mail.to', { to: first }) + (more > 0 ? ` +${more}` : '')
}

function addresses(item: TimelineItem): string {
  return [
    item.from,
    '→',
    ...(item.to ?? []),
    ...(item.cc ?? []).map(it => `Cc ${it}`),
    ...(item.bcc ?? []).map(it => `Bcc ${it}`),
  ]
    .filter(Boolean)
    .join(' ')
}

function callIcon(item: TimelineItem): IconName {
  return item.kind === 'voicemail' ? 'voicemail' : item.direction === 'outbound' ? 'callOut' : 'callIn'
}

function callTitle(item: TimelineItem, t: T): string {
  if (item.kind === 'voicemail' || item.call?.outcome === 'voicemail') return t('call.voicemail')
  if (item.call?.outcome === 'missed') return t('call.missed')
  return t(item.direction === 'outbound' ? 'call.outgoing' : 'call.incoming')
}
