import type { Team } from '@/api-types'
import { useTeams } from '@/server/people'
import type { TicketFilters } from '@/server/tickets'

/** The team, when the list shows exactly that team's open tickets: users see it as a view of its own. */
export function useTeamView(view: string, filters: TicketFilters): Team | undefined {
  const teams = useTeams().data
  return onlyTeam(view, filters) ? teams?.find(it => it.id === filters.team) : undefined
}

export function onlyTeam(view: string, filters: TicketFilters): boolean {
  const others = Object.entries(filters).filter(([name, value]) => name !== 'sort' && name !== 'team' && value)
  return view === 'open' && filters.team !== undefined && others.length === 0
}

/** The size of the list: the view's count, or with filters the number found so far. */
export function total(
  counted: number | undefined,
  filtered: boolean,
  shown: number | null,
  more: boolean,
): string {
  if (!filtered) return counted?.toLocaleString() ?? ''
  return shown === null ? '' : `${shown.toLocaleString()}${more ? '+' : ''}`
}
