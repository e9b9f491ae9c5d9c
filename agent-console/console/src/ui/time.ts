import { useEffect, useState } from 'react'

/** The time now, again every `seconds`. */
export function useNow(seconds: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), seconds * 1000)
    return () => window.clearInterval(timer)
  }, [seconds])
  return now
}

/** A span as 45s, 12m, 3h, 2d: short enough for a badge. */
export function span(millis: number): string {
  const [s, m, h, d] = lang().startsWith('zh') ? ['秒', '分', '时', '天'] : ['s', 'm', 'h', 'd']
  const seconds = Math.max(0, Math.floor(millis / 1000))
  if (seconds < 60) return `${seconds}${s}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${m}`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}${h}`
  return `${Math.floor(seconds / 86_400)}${d}`
}

/** A span as 1:05 or 1:02:05. */
export function clock(totalSeconds: number): string {
  const seconds = Math.max(0, Math.floor(totalSeconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

const lang = () => document.documentElement.lang || 'en'

export function timeOfDay(at: string): string {
  return new Date(at).toLocaleTimeString(lang(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

export function day(at: string): string {
  const date = new Date(at)
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric'
  return date.toLocaleDateString(lang(), { weekday: 'long', day: 'numeric', month: 'long', year })
}

export function dateTime(at: string): string {
  return new Date(at).toLocaleString(lang(), { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' })
}

export type SnoozeName = 'hour' | 'later' | 'tomorrow' | 'monday' | 'week'

/** In an hour, this evening (or in three hours), tomorrow at nine, Monday at nine, in a week. */
export function snoozePresets(now: Date): { name: SnoozeName; until: Date }[] {
  const at = (days: number, hour: number) => {
    const date = new Date(now)
    date.setDate(date.getDate() + days)
    date.setHours(hour, 0, 0, 0)
    return date
  }
  const untilMonday = (8 - now.getDay()) % 7 || 7
  return [
    { name: 'hour', until: new Date(now.getTime() + 3_600_000) },
    { name: 'later', until: now.getHours() < 15 ? at(0, 18) : new Date(now.getTime() + 3 * 3_600_000) },
    { name: 'tomorrow', until: at(1, 9) },
    { name: 'monday', until: at(untilMonday, 9) },
    { name: 'week', until: at(7, 9) },
  ]
}

export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`
  return `${(size / 1024 / 1024).toFixed(1)} MB`
}

/** A language in the words of the page's own. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([lang()], { type: 'language' }).of(code === 'zh-CN' ? 'zh-Hans' : code) ?? code
  } catch {
    return code
  }
}

/** The time of day in a zone; null where the browser does not know it. */
export function timeIn(timeZone: string): string | null {
  try {
    return new Date().toLocaleTimeString(lang(), {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    })
  } catch {
    return null
  }
}

/** A country by its ISO 3166 code, in the words of the page's language. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([lang()], { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
