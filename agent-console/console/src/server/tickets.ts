import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { api, newKey, query } from '@/api'
import type {
  AppliedMacro,
  Decision,
  DeliveryStep,
  NoteBody,
  Page,
  ReplyBody,
  ReplyLine,
  Sent,
  SortName,
  Ticket,
  TimelineItem,
  ViewCount,
  Viewer,
} from '@/api-types'
import { findTicket, putTicket } from './cache'
import { keys } from './keys'

export interface TicketFilters {
  sort?: string
  status?: string
  channel?: string
  team?: string
  assignee?: string
  tag?: string
  q?: string
}

export function useViews() {
  return useQuery({
    queryKey: keys.views,
    queryFn: ({ signal }) => api.get<Page<ViewCount>>('/views', signal),
    select: page => page.items,
    refetchInterval: 60_000,
  })
}

/** A view's default order: longest waiting first, in views where customers wait. */
export function usualSort(view: string): SortName {
  return view === 'pending' || view === 'snoozed' || view === 'solved' || view === 'all' || view === 'mentions'
    ? 'updated'
    : 'waiting'
}

/** The query for a list. It always names the sort order, because the server's default differs. */
export function listQuery(view: string, filters: TicketFilters, after: string | null): string {
  return query({ view, ...filters, sort: filters.sort ?? usualSort(view), limit: 50, after })
}

export function useTicketList(view: string, filters: TicketFilters) {
  return useInfiniteQuery({
    queryKey: keys.ticketList(view, filters),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Ticket>>(`/tickets${listQuery(view, filters, pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next ?? null,
    placeholderData: keepPreviousData,
  })
}

export const ticketQuery = (client: QueryClient, id: string) => ({
  queryKey: keys.ticket(id),
  queryFn: ({ signal }: { signal?: AbortSignal }) => api.get<Ticket>(`/tickets/${id}`, signal),
  placeholderData: () => findTicket(client, id),
})

export function useTicket(id: string) {
  return useQuery(ticketQuery(useQueryClient(), id))
}

/** The sequence to read backwards from, or null at the beginning. */
export function earlier(last: Page<TimelineItem>): string | null {
  const oldest = last.items.at(-1)
  return last.next && oldest !== undefined ? String(oldest.seq) : null
}

export const timelineQuery = (id: string) => ({
  queryKey: keys.timeline(id),
  queryFn: ({ pageParam, signal }: { pageParam: string | null; signal?: AbortSignal }) =>
    api.get<Page<TimelineItem>>(
      `/tickets/${id}/timeline${query({ order: 'desc', limit: 50, before: pageParam })}`,
      signal,
    ),
  initialPageParam: null as string | null,
  getNextPageParam: earlier,
})

export function useTimeline(id: string) {
  return useInfiniteQuery(timelineQuery(id))
}

/** Where an answer goes by each channel unless its writer says otherwise; asked anew when somebody has written. */
export function useLines(ticket: Ticket, customerVersion: number | undefined) {
  return useQuery({
    queryKey: keys.lines(ticket.id, ticket.lastSeq, customerVersion),
    queryFn: ({ signal }) => api.get<Page<ReplyLine>>(`/tickets/${ticket.id}/lines`, signal),
    select: page => page.items,
    placeholderData: (before, query) => (query?.queryKey[1] === ticket.id ? before : undefined),
  })
}

export function useRouting(id: string) {
  return useQuery({
    queryKey: keys.routing(id),
    queryFn: ({ signal }) => api.get<Page<Decision>>(`/tickets/${id}/routing`, signal),
    select: page => page.items,
  })
}

export function useDelivery(messageId: string, on: boolean) {
  return useQuery({
    queryKey: keys.delivery(messageId),
    queryFn: ({ signal }) => api.get<Page<DeliveryStep>>(`/messages/${messageId}/delivery`, signal),
    select: page => page.items,
    enabled: on,
    staleTime: 0,
  })
}

/** Who else looks at this ticket: filled by the stream only, never fetched. */
function usePresent(ticketId: string): Viewer[] {
  const answer = useQuery<Viewer[]>({
    queryKey: keys.presence(ticketId),
    queryFn: () => [],
    enabled: false,
    initialData: [],
  })
  return answer.data
}

/** The colleagues among them. */
export function useViewers(ticketId: string): Viewer[] {
  return usePresent(ticketId).filter(it => it.state !== 'writing')
}

/** Whether the customer is typing into their chat window. */
export function useCustomerWrites(ticketId: string): boolean {
  return usePresent(ticketId).some(it => it.state === 'writing')
}

export type TicketChange = Partial<
  Pick<Ticket, 'status' | 'priority' | 'tags' | 'subject'> & {
    snoozedUntil: string | null
    assignee: string | null
    team: string | null
  }
>

/** Sends a change with the version we know; puts the answer everywhere it is shown. */
export async function changeTicket(client: QueryClient, ticket: Ticket, change: TicketChange): Promise<Ticket> {
  const known = findTicket(client, ticket.id) ?? ticket
  const fresh = await api.patch<Ticket>(`/tickets/${ticket.id}`, { ...wire(change), version: known.version })
  putTicket(client, fresh)
  void client.invalidateQueries({ queryKey: keys.ticketLists })
  void client.invalidateQueries({ queryKey: keys.views })
  return fresh
}

/** Nobody and no team are an empty word on the wire: a field that is null stays as it is. */
function wire(change: TicketChange): TicketChange {
  return {
    ...change,
    ...(change.assignee === null ? { assignee: '' } : {}),
    ...(change.team === null ? { team: '' } : {}),
  }
}

/** The change that takes a ticket back to how it was. */
export function inverse(before: Ticket, change: TicketChange): TicketChange {
  const back: TicketChange = {}
  if ('status' in change) {
    back.status = before.status
    if (before.status === 'snoozed') back.snoozedUntil = before.snoozedUntil ?? null
  }
  if ('priority' in change) back.priority = before.priority
  if ('tags' in change) back.tags = before.tags
  if ('subject' in change) back.subject = before.subject
  if ('assignee' in change) back.assignee = before.assignee?.id ?? null
  if ('team' in change) {
    back.team = before.team?.id ?? null
    // The ticket lost its owner because the owner isn't in the new team.
    if (before.assignee) back.assignee = before.assignee.id
  }
  return back
}

export const ticketApi = {
  reply: (id: string, body: ReplyBody, key: string) => api.post<Sent>(`/tickets/${id}/replies`, body, key),
  undo: (id: string, messageId: string) => api.delete<undefined>(`/tickets/${id}/replies/${messageId}`),
  note: (id: string, body: NoteBody) => api.post<Sent>(`/tickets/${id}/notes`, body, newKey()),
  forward: (id: string, to: string[], text: string, messageId: string, key: string) =>
    api.post<Sent>(`/tickets/${id}/forward`, { to, text, messageId }, key),
  read: (id: string, seq: number) => api.post<undefined>(`/tickets/${id}/read`, { seq }),
  presence: (id: string, state: 'viewing' | 'typing' | 'gone') =>
    api.put<undefined>(`/tickets/${id}/presence`, { state }),
  merge: (id: string, into: string) => api.post<Ticket>(`/tickets/${id}/merge`, { into }, newKey()),
  unmerge: (id: string) => api.post<Ticket>(`/tickets/${id}/unmerge`, {}, newKey()),
  split: (id: string, messageIds: string[], subject: string) =>
    api.post<Ticket>(`/tickets/${id}/split`, { messageIds, subject }, newKey()),
  unsplit: (id: string) => api.post<Ticket>(`/tickets/${id}/unsplit`, {}, newKey()),
  retry: (messageId: string) => api.post<undefined>(`/messages/${messageId}/retry`),
  endChat: (id: string) => api.post<Ticket>(`/tickets/${id}/chat/end`),
  create: (body: Record<string, unknown>, key: string) => api.post<Ticket>('/tickets', body, key),
  applyMacro: (macroId: string, ticketId: string) =>
    api.post<AppliedMacro>(`/macros/${macroId}/apply`, { ticketId }),
}
