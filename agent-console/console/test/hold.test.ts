import { describe, expect, it } from 'vitest'
import { hold } from '@/features/inbox/hold'

describe('a list that is being read', () => {
  it('lets new tickets at the top wait', () => {
    expect(hold(['a', 'b'], ['n', 'a', 'b'])).toEqual({ shown: ['a', 'b'], waiting: 1 })
  })
  it('drops what has left and keeps the order of the rest', () => {
    expect(hold(['a', 'b', 'c'], ['c', 'a'])).toEqual({ shown: ['a', 'c'], waiting: 0 })
  })
  it('adds a loaded page at the end', () => {
    expect(hold(['a', 'b'], ['a', 'b', 'c', 'd'])).toEqual({ shown: ['a', 'b', 'c', 'd'], waiting: 0 })
  })
})
