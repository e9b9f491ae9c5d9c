import type { ChannelName, Sla } from '@/api-types'
import { knownChannel } from '@/ui/channel'

export type Urgency = 'calm' | 'soon' | 'late'
const minute = 60_000

/** How long somebody may wait before the badge turns amber, then red: minutes where they watch, hours in mail. */
const patience: Record<ChannelName, readonly [soon: number, late: number]> = {
  chat: [2 * minute, 5 * minute],
  phone: [minute, 3 * minute],
  sms: [30 * minute, 120 * minute],
  email: [4 * 60 * minute, 24 * 60 * minute],
  form: [4 * 60 * minute, 24 * 60 * minute],
}

export function urgency(channel: string, waitedMillis: number): Urgency {
  const [soon, late] = patience[knownChannel(channel) ?? 'email']
  return waitedMillis >= late ? 'late' : waitedMillis >= soon ? 'soon' : 'calm'
}

/** The clock that runs out first, if one runs. */
export function runningSla(slas: readonly Sla[]): Sla | undefined {
  return slas
    .filter(it => it.dueAt !== null && (it.state === 'running' || it.state === 'breached'))
    .sort((a, b) => String(a.dueAt).localeCompare(String(b.dueAt)))[0]
}
