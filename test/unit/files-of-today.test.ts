import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isTurnOf, takingTurns } from '../support/files-of-today'

it('only files that exist take turns, each once: one that was renamed runs daily until it is listed again', () => {
  expect(takingTurns.filter((file) => !existsSync(file))).toEqual([])
  expect(new Set(takingTurns).size).toBe(takingTurns.length)
})

const days = Array.from({ length: 288 }, (_, day) => 20_000 + day)

it('each has its turn once in four days', () => {
  for (const place of [0, 1, 2, 3, 17])
    for (const first of days.filter((day) => day % 4 === 0))
      expect([0, 1, 2, 3].filter((later) => isTurnOf(place, first + later))).toHaveLength(1)
})

it.each([2, 3, 4, 6, 8])('each meets every part of its tables, of %i', (of) => {
  for (const place of [0, 1, 2, 3]) {
    const met = days.filter((day) => isTurnOf(place, day)).map((day) => day % of)
    expect(new Set(met).size).toBe(of)
  }
})
