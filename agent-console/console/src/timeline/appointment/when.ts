import type { Appointment } from '@/api-types'

type When = Appointment['when']

export interface Told {
  /** In the reader's zone and language; whole days and times without a zone as the sender wrote them. */
  text: string
  /** The same by the sender's clock, where that differs: a time, and the zone as its sender names it. */
  theirs: { time: string; zone: string } | null
  kind: 'moment' | 'days' | 'floating'
}

const date: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

/** When an appointment is. Null where its sender names no date. */
export function told(when: When, language: string, readersZone?: string): Told | null {
  if (when.start === '') return null
  if (!when.start.includes('T')) return written(when, language, date, 'days')
  if (when.startsAt === null) return written(when, language, { ...date, ...time }, 'floating')
  const format = new Intl.DateTimeFormat(language, { ...date, ...time, timeZone: readersZone })
  const text = span(format, new Date(when.startsAt), when.endsAt === null ? null : new Date(when.endsAt))
  const asWritten = written(when, language, { ...date, ...time }, 'floating')
  if (text === null) return asWritten
  // Many programs write every time in UTC, wherever they are.
  const same = asWritten.text === text || when.zone === 'UTC'
  return { text, kind: 'moment', theirs: same ? null : theirs(when, language) }
}

/** Dates and times that stay as they are wherever they are read. */
function written(when: When, language: string, options: Intl.DateTimeFormatOptions, kind: Told['kind']): Told {
  const text = span(wall(language, options), asUtc(when.start), asUtc(when.end))
  return { text: text ?? when.start.replace('T', ' '), theirs: null, kind }
}

function theirs({ start, end, zone }: When, language: string): Told['theirs'] {
  const sameDay = end === '' || end.slice(0, 10) === start.slice(0, 10)
  const text = span(wall(language, sameDay ? time : { ...date, ...time }), asUtc(start), asUtc(end))
  return text === null ? null : { time: text, zone }
}

function span(format: Intl.DateTimeFormat, start: Date | null, end: Date | null): string | null {
  if (start === null || Number.isNaN(start.getTime())) return null
  const none = end === null || Number.isNaN(end.getTime()) || end <= start
  return none ? format.format(start) : format.formatRange(start, end)
}

const wall = (language: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })

const asUtc = (text: string) => (text === '' ? null : new Date(text.includes('T') ? `${text}Z` : text))
