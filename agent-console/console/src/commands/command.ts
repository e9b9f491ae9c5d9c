import type { QueryClient } from '@tanstack/react-query'
import type { ParseKeys, TFunction } from 'i18next'
import type { Agent, Call, Macro, SessionSettings, Team, Ticket } from '@/api-types'
import type { IconName } from '@/ui/icons'
import type { Workbench } from '@/workbench/Workbench'

/** What a command may know. `tickets` are the ones it works on: the ticked ones, or else the open one. */
export interface CommandContext {
  me: Agent
  settings: SessionSettings
  /** As the address names it; there may be none such. */
  ticketId: string | null
  ticket: Ticket | null
  tickets: Ticket[]
  /** The customer on the page, or of the open ticket. */
  customerId: string | null
  view: string
  calls: Call[]
  agents: Agent[]
  teams: Team[]
  macros: Macro[]
  client: QueryClient
  bench: Workbench
  t: TFunction
  go(path: string): void
  scheme: { dark: boolean; set(scheme: 'light' | 'dark' | 'auto'): void }
  setStatus(status: Agent['status']): Promise<void>
}

export interface Choice {
  id: string
  label: string
  detail?: string
  icon?: IconName
  active?: boolean
  /** Stays open after the choice, as tags do. */
  sticky?: boolean
  run(): void | Promise<void>
}

export type CommandGroup = 'ticket' | 'write' | 'list' | 'go' | 'call' | 'app'

/** One thing an agent can do. Toolbar, menus, palette and shortcuts all render from it. */
export interface Command {
  id: string
  label: ParseKeys
  icon: IconName
  group: CommandGroup
  /** As in `mod+k`, `shift+e`, or a sequence: `g i`. */
  shortcut?: string
  enabled(context: CommandContext): boolean
  run(context: CommandContext): void | Promise<void>
  /** The alternatives, when the command needs one more answer; `text` is what was typed so far. */
  choices?(context: CommandContext, text: string): Choice[]
  /** Fetches the data for the choices; they are shown again once it arrives. */
  prepare?(context: CommandContext): Promise<unknown>
}

type Chooser = Omit<Command, 'run'> & Required<Pick<Command, 'choices'>>

/** A command that asks for a choice: run by keyboard it opens the palette on its own page. */
export function chooser(command: Chooser): Command {
  return { ...command, run: ({ bench }) => bench.open({ kind: 'palette', command: command.id }) }
}
