import type { TimelineItem } from '@/api-types'

const ways = [
  'missed',
  'declined',
  'unconnected',
  'caller-leaves-word',
  'call-over',
  'offline',
  'signed-out',
  'no-console',
  'absent',
  'deactivated',
  'team',
] as const
/** Why a ticket lost its owner without an agent's action. */
type GivenBack = `given.${(typeof ways)[number]}`

export type EventName =
  | 'assigned'
  | 'routed'
  | 'replied'
  | 'unassigned'
  | GivenBack
  | 'status'
  | 'priority'
  | 'tags'
  | 'team'
  | 'subject'
  | 'changed'
  | 'created'
  | 'merged'
  | 'unmerged'
  | 'split'
  | 'unsplit'
  | 'undone'
  | 'failed'
  | 'optedOut'
  | 'optedIn'
  | 'chatEnded'
  | 'chatSilent'
  | 'customerCreated'
  | 'customerChanged'
  | 'customerMerged'
  | 'customerUnmerged'
  | 'other'

/** What an entry of the journal says to a reader; `to` is an id where it names an agent or a team. */
export interface Told {
  name: EventName
  to: string
  field: string
}

const fields = ['status', 'priority', 'tags', 'team', 'subject'] as const
const plain: Record<string, EventName> = {
  'ticket.created': 'created',
  'ticket.merged': 'merged',
  'ticket.unmerged': 'unmerged',
  'ticket.split': 'split',
  'ticket.unsplit': 'unsplit',
  'message.cancelled': 'undone',
  'delivery.failed': 'failed',
  'consent.withdrawn': 'optedOut',
  'consent.given': 'optedIn',
  'chat.ended': 'chatEnded',
  'customer.created': 'customerCreated',
  'customer.changed': 'customerChanged',
  'customer.merged': 'customerMerged',
  'customer.unmerged': 'customerUnmerged',
}
/** These are seen elsewhere: as a tick on the message, or in the entry that follows. */
const silent =
  /^(message\.(status|sent|received)|delivery\.(?!failed)|outbox\.|inbox\.|routing\.|agent\.|article\.)/

/** Null for what a reader need not see. */
export function told(event: TimelineItem['event']): Told | null {
  const fact = (name: string) => {
    const value = event?.[name]
    return typeof value === 'string' ? value : ''
  }
  const kind = fact('kind')
  if (silent.test(kind)) return null
  if (kind === 'ticket.assigned') {
    const by = fact('by')
    return {
      name: by === 'routing' ? 'routed' : by === 'reply' ? 'replied' : 'assigned',
      to: fact('agent'),
      field: '',
    }
  }
  if (kind === 'ticket.unassigned') {
    const way = ways.find(it => it === fact('by'))
    const from = fact('from') || fact('agent') // older versions' entries use this name
    return { name: way === undefined ? 'unassigned' : `given.${way}`, to: from, field: '' }
  }
  if (kind === 'chat.ended' && fact('reason') === 'silent') return { name: 'chatSilent', to: '', field: '' }
  // The entry of the merge itself follows.
  if (kind === 'customer.changed' && /^(un)?merged$/.test(fact('field'))) return null
  if (kind === 'ticket.changed') {
    const field = fact('field')
    if (field === 'assignee') return null // the assignment says it
    return { name: fields.find(it => it === field) ?? 'changed', to: fact('to'), field }
  }
  return { name: plain[kind] ?? 'other', to: '', field: '' }
}
