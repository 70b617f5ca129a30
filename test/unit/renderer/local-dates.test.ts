import { expect, it } from 'vitest'
import { localDates } from '../../../renderer/src/components/local-dates'

it('dates in evidence read as everywhere on the screen, and nothing else changes', () => {
  expect(localDates('It was valid until 2026-11-25.')).toBe('It was valid until 25 Nov 2026.')
  expect(localDates('The clock shows 2026-11-25T12:00:00.000Z.')).toMatch(
    /^The clock shows 2\d Nov 2026, \d\d:\d\d\.$/u,
  )
  expect(localDates('From 2026-01-01 until 2027-01-01, ref 12345-67-89')).toBe(
    'From 1 Jan 2026 until 1 Jan 2027, ref 12345-67-89',
  )
})
