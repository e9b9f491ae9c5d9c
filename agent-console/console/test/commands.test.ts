import { describe, expect, it } from 'vitest'
import type { Ticket } from '@/api-types'
import type { CommandContext } from '@/commands/command'
import { find, matches, type KeyPress } from '@/commands/keys'
import { commands } from '@/commands/registry'
import { inverse } from '@/server/tickets'
import { snoozePresets } from '@/ui/time'

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...rest,
})
const ticket = (rest: Partial<Ticket> = {}) =>
  ({
    id: 't',
    status: 'open',
    tags: [],
    assignee: null,
    team: null,
    channel: 'email',
    priority: 'normal',
    customer: null,
    ...rest,
  }) as unknown as Ticket
const context = (one: Ticket | null, rest: object = {}) =>
  ({
    me: { id: 'a1', status: 'away' },
    ticketId: one?.id ?? null,
    ticket: one,
    customerId: null,
    tickets: one === null ? [] : [one],
    calls: [],
    agents: [],
    teams: [],
    macros: [],
    view: 'mine',
    client: { getQueryData: () => undefined },
    bench: { order: { current: ['s', 't', 'u'] }, selected: new Set(), toasts: [] },
    ...rest,
  }) as unknown as CommandContext
const enabled = (given: CommandContext) => commands.filter(it => it.enabled(given)).map(it => it.id)

describe('commands', () => {
  it('have one id each', () => expect(new Set(commands.map(it => it.id)).size).toBe(commands.length))
  it('lead back to the list also from a ticket that is not there', () => {
    expect(enabled(context(null, { ticketId: 'gone' }))).toContain('back')
    expect(enabled(context(null))).not.toContain('back')
  })
  it('never share a shortcut at the same moment', () => {
    const call = (state: string) => context(ticket(), { calls: [{ agent: { id: 'a1' }, state }] })
    for (const given of [
      context(null),
      context(ticket()),
      context(ticket({ status: 'solved' })),
      call('offered'),
      call('active'),
      call('held'),
    ]) {
      const taken = commands.filter(it => it.shortcut !== undefined && it.enabled(given)).map(it => it.shortcut)
      expect(taken).toHaveLength(new Set(taken).size)
    }
  })
  it('offer nothing about a ticket when none is open', () => {
    const names = enabled(context(null))
    for (const id of ['solve', 'reply', 'note', 'assign', 'snooze', 'merge']) expect(names).not.toContain(id)
    expect(names).toContain('new-ticket')
  })
  it('solve what is open and reopen what is solved', () => {
    expect(enabled(context(ticket()))).toContain('solve')
    expect(enabled(context(ticket()))).not.toContain('reopen')
    expect(enabled(context(ticket({ status: 'solved' })))).toContain('reopen')
  })
  it('accept only a call that is offered to me', () => {
    const calls = (agent: string, state: string, answeredAt: string | null = null) =>
      context(null, { calls: [{ agent: { id: agent }, state, answeredAt }] })
    expect(enabled(calls('a1', 'offered'))).toContain('call-accept')
    expect(enabled(calls('a2', 'offered'))).not.toContain('call-accept')
    expect(enabled(calls('a1', 'active'))).not.toContain('call-hold')
    expect(enabled(calls('a1', 'active', '2026-01-01T00:00:00Z'))).toEqual(
      expect.arrayContaining(['call-hold', 'call-hangup']),
    )
  })
  it('stop at the ends of the list', () => {
    expect(enabled(context(ticket({ id: 'u' })))).not.toContain('next')
    expect(enabled(context(ticket({ id: 's' })))).not.toContain('previous')
  })
  it('can be taken back', () => {
    const before = ticket({
      status: 'snoozed',
      snoozedUntil: '2026-01-01T00:00:00Z',
      assignee: { id: 'a2', name: 'B' },
    })
    expect(inverse(before, { status: 'solved', assignee: null })).toEqual({
      status: 'snoozed',
      snoozedUntil: '2026-01-01T00:00:00Z',
      assignee: 'a2',
    })
  })
})

describe('keys', () => {
  it('tell e from E', () => {
    expect(matches('e', press('e'))).toBe(true)
    expect(matches('e', press('E', { shiftKey: true }))).toBe(false)
    expect(matches('shift+e', press('E', { shiftKey: true }))).toBe(true)
  })
  it('leave browser shortcuts alone', () => {
    expect(matches('r', press('r', { ctrlKey: true }))).toBe(false)
    expect(matches('mod+k', press('k', { ctrlKey: true }))).toBe(true)
  })
  it('take a sign however it is typed', () => expect(matches('?', press('?', { shiftKey: true }))).toBe(true))
  it('walk a sequence and forget a wrong one', () => {
    const all = () => true
    const first = find(commands, { prefix: null }, press('g'), all)
    expect(first).toEqual({ command: null, sequence: { prefix: 'g' } })
    expect(find(commands, first.sequence, press('u'), all).command?.id).toBe('go-unassigned')
    expect(find(commands, first.sequence, press('q'), all)).toEqual({
      command: null,
      sequence: { prefix: null },
    })
  })
})

describe('snooze presets', () => {
  it('always lie ahead, also on a Monday and in the evening', () => {
    for (const now of [new Date(2026, 2, 2, 8), new Date(2026, 2, 1, 23, 30), new Date(2026, 2, 6, 16)]) {
      for (const { until } of snoozePresets(now)) expect(until.getTime()).toBeGreaterThan(now.getTime())
    }
  })
})
