import type { TFunction } from 'i18next'

const plain = {
  'Incoming call': 'callWords.incoming',
  'Outgoing call': 'callWords.outgoing',
  'Missed call': 'callWords.missed',
  'Call, left a message': 'callWords.left',
  'Voice message': 'callWords.voicemail',
  'Call, asked to be called back': 'callWords.callback',
  'Call, not answered': 'callWords.unanswered',
  'Call given up in the menu': 'callWords.given',
} as const

/** What the server wrote about a call, or for want of a subject, in the reader's language; other text unchanged. */
export function callWords(text: string, t: TFunction): string {
  if (/^\((?:email|sms|chat|form|phone)\)$/.test(text)) return t('ticket.noSubject')
  if (text in plain) return t(plain[text as keyof typeof plain])
  const talk = /^Call of (\d+ (?:min(?: \d+ s)?|s)) with (.+)$/.exec(text)
  if (talk !== null) return t('callWords.talked', { length: talk[1], who: talk[2] })
  const line = /^Call (from|to) (.+)$/.exec(text)
  if (line === null) return text
  const who = (line[2] ?? '').replace('a withheld number', t('callWords.withheld'))
  return t(line[1] === 'from' ? 'callWords.from' : 'callWords.to', { who })
}
