import type { Call, CallState } from '@/api-types'
import { callAction, type CallVerb } from '@/server/calls'
import type { IconName } from '@/ui/icons'
import { attempt } from './change'
import type { Command, CommandContext } from './command'

/** My call in one of these states. */
export function myCall(
  { calls, me }: Pick<CommandContext, 'calls' | 'me'>,
  ...states: CallState[]
): Call | undefined {
  return calls.find(it => it.agent?.id === me.id && states.includes(it.state))
}

function verb(id: CallVerb, icon: IconName, shortcut: string | undefined, ...states: CallState[]): Command {
  return {
    id: `call-${id}`,
    label: `command.call.${id}`,
    icon,
    group: 'call',
    shortcut,
    enabled: context => myCall(context, ...states) !== undefined,
    run: async context => {
      const mine = myCall(context, ...states)
      if (mine !== undefined) await attempt(context, () => callAction(context.client, mine.id, id))
    },
  }
}

/** Ends the time after a talk that is kept free for its notes. */
const finish: Command = {
  id: 'call-finish',
  label: 'command.call.finish',
  icon: 'check',
  group: 'call',
  enabled: context => myCall(context, 'wrapup') !== undefined,
  run: async context => {
    const mine = myCall(context, 'wrapup')
    if (mine !== undefined) await attempt(context, () => callAction(context.client, mine.id, 'hangup'))
  },
}

/** Nobody can be put on hold who has not answered yet. */
const hold: Command = {
  ...verb('hold', 'pause', 'ctrl+shift+h', 'active'),
  enabled: context => (myCall(context, 'active')?.answeredAt ?? null) !== null,
}

export const callCommands: readonly Command[] = [
  verb('accept', 'callIn', 'ctrl+shift+a', 'offered'),
  verb('decline', 'hangup', 'ctrl+shift+d', 'offered'),
  hold,
  verb('unhold', 'play', 'ctrl+shift+h', 'held'),
  verb('hangup', 'hangup', 'ctrl+shift+x', 'active', 'held', 'ringing-agent'),
  finish,
]
