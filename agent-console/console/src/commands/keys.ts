import type { Command } from './command'

export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

export const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** True when the press is the stroke: letters by `key` (any keyboard layout), digits by `code`. */
export function matches(stroke: string, press: KeyPress): boolean {
  const parts = stroke.split('+')
  const wanted = parts.at(-1) === '' ? '+' : (parts.at(-1) ?? '')
  const has = (name: string) => parts.slice(0, -1).includes(name)
  const mod = isMac ? press.metaKey : press.ctrlKey
  const ctrl = isMac ? press.ctrlKey : press.ctrlKey && !has('mod')
  if (mod !== (has('mod') || (!isMac && has('ctrl')))) return false
  if (ctrl !== has('ctrl') || press.altKey !== has('alt')) return false
  if (press.metaKey && !isMac) return false
  if (/^\d$/.test(wanted)) return press.code === `Digit${wanted}`
  if (/^[a-z]$/.test(wanted) || wanted.length > 1) {
    return press.shiftKey === has('shift') && press.key.toLowerCase() === wanted
  }
  return press.key === wanted // a sign such as ? or [ says itself whether shift was needed
}

export type Sequence = { prefix: string | null }

/** Finds the command for a press; a first key such as `g` is remembered for the next. */
export function find(
  commands: readonly Command[],
  sequence: Sequence,
  press: KeyPress,
  allowed: (c: Command) => boolean,
): { command: Command | null; sequence: Sequence } {
  for (const command of commands) {
    const strokes = command.shortcut?.split(' ') ?? []
    if (sequence.prefix !== null) {
      const second = strokes[1]
      if (
        strokes[0] === sequence.prefix &&
        second !== undefined &&
        matches(second, press) &&
        allowed(command)
      ) {
        return { command, sequence: { prefix: null } }
      }
    } else if (
      strokes.length === 1 &&
      strokes[0] !== undefined &&
      matches(strokes[0], press) &&
      allowed(command)
    ) {
      return { command, sequence }
    }
  }
  const starts = commands.find(it => {
    const [first, second] = it.shortcut?.split(' ') ?? []
    return second !== undefined && first !== undefined && matches(first, press)
  })
  return {
    command: null,
    sequence: { prefix: sequence.prefix === null ? (starts?.shortcut?.split(' ')[0] ?? null) : null },
  }
}

/** The keys as a person reads them: `⌘⇧E` on a Mac, `Ctrl Shift E` elsewhere. */
export function keyCaps(shortcut: string): string[] {
  return shortcut.split(' ').flatMap(stroke => stroke.split('+').map(cap))
}

function cap(part: string): string {
  switch (part) {
    case 'mod':
      return isMac ? '⌘' : 'Ctrl'
    case 'shift':
      return isMac ? '⇧' : 'Shift'
    case 'alt':
      return isMac ? '⌥' : 'Alt'
    case 'ctrl':
      return isMac ? '⌃' : 'Ctrl'
    case 'enter':
      return '↵'
    case 'escape':
      return 'Esc'
    default:
      return part.length === 1 ? part.toUpperCase() : part
  }
}

/** Controls that take no text, such as a clicked tab or a ticked box. */
const letterless = /^(radio|checkbox|button|submit|reset|file|image|range|color)$/

/** True where a single letter is text, not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !letterless.test(target.type)
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
}
