import type { InfiniteData } from '@tanstack/react-query'
import type { Page, TimelineItem } from '@/api-types'
import { keys } from '@/server/keys'
import type { Command, CommandContext } from './command'

function lastMail({ client, ticket }: CommandContext): TimelineItem | undefined {
  if (ticket === null) return undefined
  const data = client.getQueryData<InfiniteData<Page<TimelineItem>>>(keys.timeline(ticket.id))
  const mails = data?.pages
    .flatMap(page => page.items)
    .filter(it => it.channel === 'email' && !['note', 'event', 'forward'].includes(it.kind))
  return mails?.find(it => it.direction === 'inbound') ?? mails?.[0]
}

export const forward: Command = {
  id: 'forward',
  label: 'command.forward',
  icon: 'forward',
  group: 'write',
  shortcut: 'f',
  enabled: context => lastMail(context) !== undefined,
  run: context => {
    const item = lastMail(context)
    if (item !== undefined) context.bench.open({ kind: 'forward', item })
  },
}
