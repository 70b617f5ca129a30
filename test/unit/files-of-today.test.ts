import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isTurnOf, takingTurns } from '../support/files-of-today'

it('only files that exist take turns, each once: one that was renamed runs daily until it is listed again', () => {
  expect(takingTurns.filter((file) => !existsSync(file))).toEqual([])
  expect(new Set(takingTurns).size).toBe(takingTurns.length)
})

const days = Array.from({ length: 8 * 8 * 24 }, (_, day) => 20_000 + day)

it('each has its turn once in eight days', () => {
  const eight = [0, 1, 2, 3, 4, 5, 6, 7]
  for (const place of [...eight, 17])
    for (const first of days.filter((day) => day % 8 === 0))
      expect(eight.filter((later) => isTurnOf(place, first + later))).toHaveLength(1)
})

it.each([2, 3, 4, 6, 8, 12, 16])('each meets every part of its tables, of %i', (of) => {
  for (const place of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const met = days.filter((day) => isTurnOf(place, day)).map((day) => day % of)
    expect(new Set(met).size).toBe(of)
  }
})
