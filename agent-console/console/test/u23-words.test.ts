import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import { initials } from '@/ui/Avatar'
import { callWords } from '@/ui/call-words'
import { told } from '@/timeline/events'

describe('U23', () => {
  it('initials are of letters, never half a character', () => {
    expect(initials('Pia Lindqvist 🚲')).toBe('PL')
    expect(initials('“Bo”')).toBe('BO')
    expect(initials('🚲')).toBe('🚲')
    expect(initials('𝒜da 𝐿ovelace')).toBe('𝒜𝐿')
    expect(initials('ada.lovelace@x.example')).toBe('AE')
    expect(initials('欧阳静怡')).toBe('怡')
  })
  it('a ticket without a subject says so in the reader’s words', () => {
    const t = ((key: string) => key) as typeof i18next.t
    expect(callWords('(email)', t)).toBe('ticket.noSubject')
    expect(callWords('(email) please', t)).toBe('(email) please')
  })
  it('what happens to a customer has words of its own', () => {
    for (const kind of ['customer.created', 'customer.merged', 'customer.unmerged'])
      expect(told({ kind })?.name).not.toBe('other')
  })
})
