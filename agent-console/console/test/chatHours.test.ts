import { expect, test } from 'vitest'
import { endsNextDay, hoursFit, spanFits } from '@/features/settings/ChatHours'

test('a span has two different times, and only its end can be 24:00', () => {
  for (const [from, to] of [
    ['09:00', '17:30'],
    ['00:00', '24:00'],
    ['22:00', '06:00'],
    ['22:00', '00:00'],
  ] as const)
    expect(spanFits({ from, to }), `${from}-${to}`).toBe(true)
  for (const [from, to] of [
    ['09:00', '09:00'],
    ['24:00', '24:00'],
    ['24:00', '06:00'],
    ['9:00', '17:00'],
    ['09:00', '25:00'],
    ['', ''],
  ] as const)
    expect(spanFits({ from, to }), `${from}-${to}`).toBe(false)
})

test('an end that is not after its begin is on the next day', () => {
  expect(endsNextDay({ from: '22:00', to: '06:00' })).toBe(true)
  expect(endsNextDay({ from: '22:00', to: '00:00' })).toBe(true)
  expect(endsNextDay({ from: '22:00', to: '24:00' })).toBe(false)
  expect(endsNextDay({ from: '09:00', to: '17:00' })).toBe(false)
  expect(endsNextDay({ from: '09:00', to: '9' })).toBe(false)
})

test('hours without days are always, and one wrong span is enough', () => {
  expect(hoursFit({ timezone: null, days: null })).toBe(true)
  expect(hoursFit({ timezone: 'UTC', days: { mon: [{ from: '22:00', to: '06:00' }] } })).toBe(true)
  expect(
    hoursFit({
      timezone: 'UTC',
      days: {
        mon: [
          { from: '10:00', to: '12:00' },
          { from: '13:00', to: '13:00' },
        ],
      },
    }),
  ).toBe(false)
})
