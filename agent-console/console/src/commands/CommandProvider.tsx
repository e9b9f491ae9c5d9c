import { useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { createContext, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { findTicket } from '@/server/cache'
import { useLiveCalls, useMacros } from '@/server/lists'
import { useAgents, useSession, useSetStatus, useTeams } from '@/server/people'
import { useWorkbench } from '@/workbench/Workbench'
import type { CommandContext } from './command'
import { find, isTyping, type Sequence } from './keys'
import { commands } from './registry'

const Context = createContext<(() => CommandContext) | null>(null)

/** The context as of now: commands read it at the moment they run, never an old one. */
export function useCommandContext(): () => CommandContext {
  const read = useContext(Context)
  if (read === null) throw new Error('outside the command provider')
  return read
}

export function CommandProvider({ children }: { children: ReactNode }) {
  const { agent, settings } = useSession()
  const { ticketId, view, customerId } = useParams({ strict: false })
  const client = useQueryClient()
  const bench = useWorkbench()
  const router = useRouter()
  const { t } = useTranslation()
  const agents = useAgents().data
  const teams = useTeams().data
  const macros = useMacros(ticketId !== undefined).data
  const calls = useLiveCalls().data
  const setStatus = useSetStatus()
  const { setColorScheme } = useMantineColorScheme()

  const read = (): CommandContext => {
    const ticket = ticketId === undefined ? null : (findTicket(client, ticketId) ?? null)
    const chosen = [...bench.selected].map(id => findTicket(client, id)).filter(it => it !== undefined)
    return {
      me: agent,
      settings,
      ticketId: ticketId ?? null,
      ticket,
      tickets: chosen.length > 0 ? chosen : ticket === null ? [] : [ticket],
      customerId: customerId ?? ticket?.customerId ?? null,
      view: view ?? 'mine',
      calls: calls ?? [],
      agents: agents ?? [],
      teams: teams ?? [],
      macros: macros ?? [],
      client,
      bench,
      t,
      setStatus,
      go: path => router.history.push(`/console${withFilters(path)}`),
      scheme: {
        dark: document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark',
        set: setColorScheme,
      },
    }
  }
  const latest = useRef(read)
  latest.current = read
  const stable = useMemo(() => () => latest.current(), [])
  useShortcuts(stable)
  return <Context.Provider value={stable}>{children}</Context.Provider>
}

/** Walking through a list keeps its filters. */
function withFilters(path: string): string {
  const list = /^\/inbox\/[^/]+/.exec(path)?.[0]
  return list !== undefined && location.pathname.startsWith(`/console${list}`) ? path + location.search : path
}

function useShortcuts(read: () => CommandContext): void {
  useEffect(() => {
    let sequence: Sequence = { prefix: null }
    let forget: number | undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || event.key === 'Shift') return
      const context = read()
      const typing = isTyping(event.target)
      const plain = !event.metaKey && !event.ctrlKey && !event.altKey
      if (typing && (plain || event.key.toLowerCase() === 'z')) return
      if (context.bench.dialog !== null || document.querySelector('[role="dialog"],[role="menu"]') !== null)
        return
      const hit = find(commands, sequence, event, command => command.enabled(context))
      sequence = hit.sequence
      window.clearTimeout(forget)
      forget = window.setTimeout(() => {
        sequence = { prefix: null }
      }, 1200)
      if (hit.command === null) return
      event.preventDefault()
      void hit.command.run(context)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [read])
}
