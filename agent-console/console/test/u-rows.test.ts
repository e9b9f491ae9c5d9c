import { describe, expect, it } from 'vitest'
import { isTyping } from '@/commands/keys'
import { listQuery, usualSort } from '@/server/tickets'

describe('U4 the order of a list', () => {
  it('is always named to the server, and is what the header shows', () => {
    expect(listQuery('mine', {}, null)).toContain('sort=waiting')
    expect(listQuery('unassigned', {}, 'c')).toBe('?view=unassigned&sort=waiting&limit=50&after=c')
    expect(listQuery('open', { team: 't1' }, null)).toContain('sort=waiting')
  })
  it('is the last activity where nobody waits', () => {
    expect(['pending', 'snoozed', 'solved', 'all'].map(usualSort)).toEqual(Array(4).fill('updated'))
  })
  it('is what the reader chose', () =>
    expect(listQuery('mine', { sort: 'newest' }, null)).toContain('sort=newest'))
})

describe('U15 single keys', () => {
  const field = (type: string) => Object.assign(document.createElement('input'), { type })
  it('work after a click on a tab, a tick box or a file', () => {
    for (const type of ['radio', 'checkbox', 'file', 'button', 'range'])
      expect(isTyping(field(type))).toBe(false)
  })
  it('are letters where letters are written', () => {
    for (const type of ['text', 'search', 'email', 'password', 'number', 'datetime-local'])
      expect(isTyping(field(type))).toBe(true)
    expect(isTyping(document.createElement('textarea'))).toBe(true)
    expect(isTyping(document.createElement('select'))).toBe(true)
  })
})
