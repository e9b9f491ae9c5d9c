import type { ParseKeys } from 'i18next'
import { ApiError } from '@/api'
import type { Ticket } from '@/api-types'
import { changeTicket, inverse, type TicketChange } from '@/server/tickets'
import { keys } from '@/server/keys'
import type { CommandContext } from './command'

/** Changes each ticket, says so with an undo, and says what was refused. */
export async function changeAll(
  context: CommandContext,
  said: string,
  change: (ticket: Ticket) => TicketChange,
  tickets = context.tickets,
): Promise<void> {
  const { client, bench, t } = context
  const done: { before: Ticket; change: TicketChange }[] = []
  let refused = 0
  let detail = ''
  for (const before of tickets) {
    const wanted = change(before)
    try {
      await changeTicket(client, before, wanted)
      done.push({ before, change: wanted })
    } catch (cause) {
      refused += 1
      detail = cause instanceof ApiError && cause.status !== 0 ? cause.message : t('error.offline')
      if (cause instanceof ApiError && cause.code === 'stale') {
        detail = t('error.stale')
        void client.invalidateQueries({ queryKey: keys.ticket(before.id) })
      }
    }
  }
  if (refused > 0) bench.toast(detail, { tone: 'error', seconds: 7 })
  if (done.length === 0) return
  const text = done.length > 1 ? t('bulk.done', { said, count: done.length }) : said
  bench.toast(text, {
    undo: async () => {
      for (const it of done)
        await attempt(context, () => changeTicket(client, it.before, inverse(it.before, it.change)))
    },
  })
  if (bench.selected.size > 0) bench.select([])
}

function refusal(cause: unknown, t: CommandContext['t']): string {
  if (!(cause instanceof ApiError) || cause.status === 0) return t('error.offline')
  const words = told[cause.code]
  return words === undefined ? cause.message : t(words)
}

/** Refusals that the console explains itself, by their codes. */
const told: Partial<Record<string, ParseKeys>> = {
  'country-closed': 'home.closed',
  'merged-already': 'merging.mergedAlready',
  'not-merged': 'merging.notMerged',
  'picture-too-large': 'writing.tooLarge',
  'picture-type': 'writing.wrongType',
  'translation-exists': 'writing.exists',
}

/** Runs what the server may refuse and shows its words. */
export async function attempt(
  context: Pick<CommandContext, 'bench' | 't'>,
  work: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await work()
    return true
  } catch (cause) {
    const text = refusal(cause, context.t)
    context.bench.toast(text, { tone: 'error', seconds: 7 })
    return false
  }
}

/** The neighbour of the open ticket in the list on screen, or null at its end. */
export function neighbour(context: CommandContext, distance: 1 | -1): string | null {
  const order = context.bench.order.current
  if (context.ticket === null) return order[0] ?? null
  const at = order.indexOf(context.ticket.id)
  return order[at + distance] ?? null
}
