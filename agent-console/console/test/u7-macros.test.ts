import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import type { Macro, MacroAction, Team, Ticket } from '@/api-types'
import { api } from '@/api'
import type { CommandContext } from '@/commands/command'
import { applyMacro } from '@/commands/macro'
import { actionWord, planned, plannedStatus } from '@/commands/macro-actions'
import { readDraft, writeDraft, emptyDraft } from '@/server/drafts'
import { signOff } from '@/features/composer/text'

const pending: MacroAction = { kind: 'status', value: 'pending' }
const solved: MacroAction = { kind: 'status', value: 'solved' }
const refund: MacroAction = { kind: 'tag', value: 'refund' }
const t = ((key: string, values?: { name?: string }) =>
  `${key} ${values?.name ?? ''}`.trim()) as unknown as TFunction

describe('U7 a macro', () => {
  const asked: string[] = []
  const context = (answer: object): CommandContext => {
    api.post = (path: string) => {
      asked.push(path)
      return Promise.resolve(answer as never)
    }
    api.patch = (path: string) => {
      asked.push(`PATCH ${path}`)
      return Promise.resolve({ id: 't1', tags: [], version: 2 } as never)
    }
    const ticket = { id: 't1', tags: [], version: 1, status: 'open' } as unknown as Ticket
    const client = {
      getQueryData: () => undefined,
      getQueriesData: () => [],
      setQueryData: () => undefined,
      setQueriesData: () => undefined,
      isFetching: () => 0,
      invalidateQueries: () => Promise.resolve(),
    }
    const said: string[] = []
    const bench = { toast: (text: string) => said.push(text), compose: () => undefined, selected: new Set() }
    return {
      ticket,
      tickets: [ticket],
      bench,
      t,
      client,
      teams: [],
      me: { id: 'a' },
      said,
    } as unknown as CommandContext
  }
  const macro = { id: 'm1' } as Macro

  it('changes nothing before its words are sent', async () => {
    writeDraft('t1', emptyDraft)
    asked.length = 0
    await applyMacro(context({ text: 'Hi', html: null, actions: [pending, refund], undefined: [] }), macro.id)
    expect(asked).toEqual(['/macros/m1/apply'])
    expect(readDraft('t1').actions?.reply).toEqual([pending, refund])
    expect(readDraft('t1').reply).toContain('Hi')
  })
  it('without words is done at once, and its toast names what was done', async () => {
    asked.length = 0
    const given = context({ text: '', html: null, actions: [solved, refund], undefined: [] })
    await applyMacro(given, macro.id)
    expect(asked).toEqual(['/macros/m1/apply', 'PATCH /tickets/t1'])
    expect((given as unknown as { said: string[] }).said).toEqual([
      'does.status ticketStatus.solved · does.tag refund',
    ])
  })
  it('added to another has the last word, and tags are gathered', () => {
    const vip: MacroAction = { kind: 'tag', value: 'vip' }
    expect(planned([pending, refund], [solved, vip, refund])).toEqual([solved, vip, refund])
    expect(plannedStatus(planned([pending], [solved]))).toBe('solved')
    expect(plannedStatus([refund])).toBeUndefined()
  })
  it('says a team by its name', () => {
    const teams = [{ id: 'x', name: 'Repairs' }] as Team[]
    expect(actionWord({ kind: 'team', value: 'x' }, t, teams)).toBe('does.team Repairs')
    expect(actionWord({ kind: 'team', value: 'gone' }, t, teams)).toBe('does.team does.unknown')
  })
})

describe('U17 the signature', () => {
  it('does not say again who has signed', () => {
    expect(signOff('Hello,\n\nAda Lind', 'Ada Lind\nCustomer care')).toBe('Customer care')
    expect(signOff('Hello,\n\n— Ada Lind \n', 'Best,\nAda Lind\nPuffin Bags')).toBe('Puffin Bags')
    expect(signOff('Hello,\nAda Lind', 'Ada Lind')).toBe('')
  })
  it('is whole below words that end otherwise', () => {
    expect(signOff('Ada Lind will call you.', 'Ada Lind\nCare')).toBe('Ada Lind\nCare')
    expect(signOff('', 'Ada Lind')).toBe('Ada Lind')
  })
})
