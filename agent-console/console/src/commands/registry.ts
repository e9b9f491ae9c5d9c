import * as app from './app'
import { assign } from './assign'
import { assignMe } from './assign-me'
import { callCommands } from './call'
import { callCustomer } from './call-customer'
import type { Command } from './command'
import { copyLink } from './copy-link'
import { endChat } from './end-chat'
import { forward } from './forward'
import { places } from './go'
import { macro } from './macro'
import { merge } from './merge'
import { mergeCustomer } from './merge-customer'
import { back, next, previous } from './move'
import { newTicket } from './new-ticket'
import { note } from './note'
import { pending } from './pending'
import { priority } from './priority'
import { reopen } from './reopen'
import { reply } from './reply'
import { select, unselect } from './select'
import { snooze } from './snooze'
import { solve } from './solve'
import { solveNext } from './solve-next'
import { tags } from './tags'
import { team } from './team'
import { undo } from './undo'

/** Every command, in the order in which the palette and the shortcut sheet show them. */
export const commands: readonly Command[] = [
  reply,
  note,
  macro,
  forward,
  newTicket,
  solve,
  solveNext,
  reopen,
  pending,
  snooze,
  assign,
  assignMe,
  team,
  priority,
  tags,
  merge,
  mergeCustomer,
  copyLink,
  endChat,
  ...callCommands,
  callCustomer,
  next,
  previous,
  back,
  select,
  unselect,
  ...places,
  app.search,
  app.palette,
  undo,
  app.shortcuts,
  app.togglePanel,
  app.toggleNav,
  app.darkMode,
  app.switchLanguage,
  ...app.statusCommands,
  app.signOut,
]

export function commandById(id: string): Command | undefined {
  return commands.find(it => it.id === id)
}
