import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, query } from '@/api'
import type {
  Agent,
  AgentStatus,
  Customer,
  Page,
  Session,
  Skill,
  Team,
  Ticket,
  TimelineItem,
} from '@/api-types'
import { keys } from './keys'
import { earlier } from './tickets'

export const sessionQuery = {
  queryKey: keys.session,
  queryFn: ({ signal }: { signal?: AbortSignal }) => api.get<Session>('/session', signal),
  staleTime: Infinity,
  retry: false,
}

export function useSession(): Session {
  const { data } = useQuery(sessionQuery)
  if (data === undefined) throw new Error('no session: this component lives behind the sign-in')
  return data
}

export function useMe(): Agent {
  return useSession().agent
}

export function useAgents() {
  return useQuery({
    queryKey: keys.agents,
    queryFn: ({ signal }) => api.get<Page<Agent>>('/agents?limit=200', signal),
    select: page => page.items,
    staleTime: 5 * 60_000,
  })
}

export function useTeams() {
  return useQuery({
    queryKey: keys.teams,
    queryFn: ({ signal }) => api.get<Page<Team>>('/teams', signal),
    select: page => page.items,
    staleTime: 5 * 60_000,
  })
}

export function useSkills() {
  return useQuery({
    queryKey: keys.skills,
    queryFn: ({ signal }) => api.get<Page<Pick<Skill, 'name'>>>('/skills', signal),
    select: page => page.items,
    staleTime: 5 * 60_000,
  })
}

/** Changes my own status; the answer may be the agent or nothing, so the status asked for is kept. */
export function useSetStatus() {
  const client = useQueryClient()
  return async (status: AgentStatus) => {
    await api.put('/agents/me/status', { status })
    client.setQueryData<Session>(keys.session, old =>
      old && { ...old, agent: { ...old.agent, status, statusReason: '' } })
    void client.invalidateQueries({ queryKey: keys.agents })
  }
}

export function useCustomer(id: string | null) {
  return useQuery({
    queryKey: keys.customer(id ?? ''),
    queryFn: ({ signal }) => api.get<Customer>(`/customers/${id}`, signal),
    enabled: id !== null,
  })
}

/** @param suggested only customers who may be the same person as another */
export function useCustomers(q: string, on = true, suggested = false) {
  return useInfiniteQuery({
    queryKey: keys.customers(q, suggested),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Customer>>(
        `/customers${query({ q, suggested: suggested ? 'true' : null, limit: 50, after: pageParam })}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next ?? null,
    enabled: on,
  })
}

export function useCustomerTickets(id: string | null) {
  return useQuery({
    queryKey: keys.customerTickets(id ?? ''),
    queryFn: ({ signal }) =>
      api.get<Page<Ticket>>(
        `/tickets${query({ view: 'all', customer: id, sort: 'newest', limit: 20 })}`,
        signal,
      ),
    select: page => page.items,
    enabled: id !== null,
  })
}

export interface TimelineFilters {
  channel?: string
  q?: string
  from?: string
  to?: string
}

export function useCustomerTimeline(id: string, filters: TimelineFilters) {
  return useInfiniteQuery({
    queryKey: keys.customerTimeline(id, filters),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TimelineItem>>(
        `/customers/${id}/timeline${query({ order: 'desc', limit: 50, ...filters, before: pageParam })}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: earlier,
  })
}
