import { describe, expect, it } from 'vitest'
import { ranked } from '@/ui/fuzzy'

const labels = [
  'Solve',
  'Snooze',
  'Assign',
  'Assign to me',
  'Set to pending',
  'Move to team',
  '合并到其他工单',
  'Café settings',
]
const find = (typed: string) => ranked(typed, labels, it => it)

describe('U22 the palette', () => {
  it('finds words cut short and in any order', () => {
    expect(find('ass me')[0]).toBe('Assign to me')
    expect(find('me ass')[0]).toBe('Assign to me')
    expect(find('team mov')[0]).toBe('Move to team')
  })
  it('finds first letters and letters in order', () => {
    expect(find('stp')[0]).toBe('Set to pending')
    expect(find('atm')[0]).toBe('Assign to me')
    expect(find('slv')).toContain('Solve')
  })
  it('forgives one wrong, missing or changed letter', () => {
    expect(find('asign')[0]).toBe('Assign')
    expect(find('snoze')[0]).toBe('Snooze')
    expect(find('solev')[0]).toBe('Solve')
    expect(find('pemding')[0]).toBe('Set to pending')
  })
  it('finds without accents and in Chinese', () => {
    expect(find('cafe')[0]).toBe('Café settings')
    expect(find('工单')[0]).toBe('合并到其他工单')
  })
  it('puts the exact beginning first and finds nothing for nonsense', () => {
    expect(find('sol')[0]).toBe('Solve')
    expect(find('assign')).toEqual(['Assign', 'Assign to me'])
    expect(find('zzq')).toEqual([])
    expect(find('')).toEqual(labels)
  })
})
