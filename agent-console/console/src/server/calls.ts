import type { QueryClient } from '@tanstack/react-query'
import { api, newKey } from '@/api'
import type { Call, Page } from '@/api-types'
import { keys } from './keys'

export type CallVerb = 'accept' | 'decline' | 'hold' | 'unhold' | 'hangup'

export async function callAction(client: QueryClient, id: string, verb: CallVerb): Promise<void> {
  const fresh = await api.post<Call | undefined>(`/calls/${id}/${verb}`)
  if (fresh !== undefined) {
    client.setQueryData<Page<Call>>(keys.calls, old => ({
      next: null,
      ...old,
      items: (old?.items ?? []).map(it => (it.id === id ? fresh : it)).filter(it => it.state !== 'ended'),
    }))
  }
  void client.invalidateQueries({ queryKey: keys.calls })
}

/** Rings my own phone first, then the customer. */
export function placeCall(body: { customerId?: string; number?: string; ticketId?: string }): Promise<Call> {
  return api.post<Call>('/calls', body, newKey())
}
