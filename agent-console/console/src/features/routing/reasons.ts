const codes = [
  'status',
  'team',
  'skipped',
  'capacity',
  'channel',
  'no-phone',
  'skill',
  'level',
  'best-skill',
  'preferred',
  'only-candidate',
  'longest-idle',
  'lost-preferred',
  'lost-skill',
  'lost-idle',
  'lost-tie',
  'no-agents',
  'all-busy',
  'nobody-available',
  'nobody-with-skill-or-team',
] as const
export type ReasonCode = (typeof codes)[number]

/**
 * The matcher's reasons are codes, some with a detail: `status:away`, `skill:billing` (lacking), `skill:billing=5` (a
 * merit, with its level), `skill` alone (the skills decided),
 * `lost:idle` (could have got it, but another one was idle for longer).
 */
export function reasonOf(reason: string): { code: ReasonCode | null; detail: string } {
  const at = reason.indexOf(':')
  const word = at < 0 ? reason : reason.slice(0, at)
  const detail = at < 0 ? '' : reason.slice(at + 1)
  if (reason === 'skill') return { code: 'best-skill', detail: '' }
  if (word === 'lost') return { code: codes.find(it => it === `lost-${detail}`) ?? null, detail: '' }
  if (word === 'skill' && detail.includes('=')) return { code: 'level', detail: detail.replace('=', ' ') }
  return { code: codes.find(it => it === word) ?? null, detail }
}
