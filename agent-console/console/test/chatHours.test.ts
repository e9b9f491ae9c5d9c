import { expect, test } from 'vitest'
import { hoursFit, spanFits } from '@/features/settings/ChatHours'

test('a span ends later on the same day, at 24:00 at the latest', () => {
  expect(spanFits({ from: '09:00', to: '17:30' })).toBe(true)
  expect(spanFits({ from: '00:00', to: '24:00' })).toBe(true)
  for (const [from, to] of [
    ['22:00', '06:00'],
    ['09:00', '09:00'],
    ['9:00', '17:00'],
    ['09:00', '25:00'],
    ['', ''],
  ] as const)
    expect(spanFits({ from, to })).toBe(false)
})

test('hours without days are always, and one wrong span is enough', () => {
  expect(hoursFit({ timezone: null, days: null })).toBe(true)
  expect(hoursFit({ timezone: 'UTC', days: { mon: [{ from: '10:00', to: '09:00' }] } })).toBe(false)
})
