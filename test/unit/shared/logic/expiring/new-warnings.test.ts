import { describe, expect, it } from 'vitest'
import { findExpiring } from '#shared/logic/expiring/find'
import { newWarnings } from '#shared/logic/expiring/new-warnings'
import type { GivenWarning } from '#shared/model/expiring'
import { datedCertificate, inDays } from '../../../../support/expiring'

/** Looks at these times, remembering what was said, and returns the days left of each warning that was given. */
function warnedAt(begins: string, ends: string, moments: string[]) {
  const certificates = [datedCertificate('Ada', { begins, ends })]
  const given: GivenWarning[] = []
  return moments.flatMap((moment) => {
    const now = new Date(moment)
    const due = newWarnings(
      findExpiring({ certificates, stored: [], issuers: [], hosts: [], accounts: [] }, now),
      given,
      now,
    )
    given.push(...due.map(({ about, stage }) => ({ key: about.key, stage, at: now.toISOString() })))
    return due.map(({ stage }) => stage)
  })
}

const yearAgo = inDays(-300)
const end = inDays(65)
/** So many days before the end, at nine. */
const daysBefore = (days: number, time = '09:00') => inDays(65 - days, time)

describe('each threshold is warned of once', () => {
  it('when somebody looks every day', () => {
    const everyDay = Array.from({ length: 60 }, (_, index) => daysBefore(40 - index))
    expect(warnedAt(yearAgo, end, everyDay)).toEqual([30, 14, 7, 1, 0])
  })

  it('when somebody looks many times a day, and on the last one also after the end', () => {
    const often = [30, 14, 7, 1, 0].flatMap((days) => [
      daysBefore(days, '00:01'),
      daysBefore(days),
      daysBefore(days, '23:59'),
    ])
    expect(warnedAt(yearAgo, end, often)).toEqual([30, 14, 7, 1, 0])
  })

  it('with the present one alone when the computer was off for a while', () => {
    expect(warnedAt(yearAgo, end, [daysBefore(12), daysBefore(11), daysBefore(3)])).toEqual([14, 7])
    expect(warnedAt(yearAgo, end, [daysBefore(0), daysBefore(0)])).toEqual([0])
  })

  it('after the end, where nobody was told on the day', () => {
    expect(warnedAt(yearAgo, end, [daysBefore(7), daysBefore(-2), daysBefore(-3)])).toEqual([7, -1])
    expect(warnedAt(yearAgo, end, [daysBefore(0), daysBefore(-1)])).toEqual([0])
    expect(warnedAt(yearAgo, end, [daysBefore(-31)])).toEqual([])
  })

  it('also when the clock goes back, and again when it had been wrong', () => {
    expect(warnedAt(yearAgo, end, [daysBefore(7), daysBefore(14), daysBefore(7)])).toEqual([7, 14])
    expect(warnedAt(yearAgo, end, [daysBefore(-5), daysBefore(30), daysBefore(14)])).toEqual([-1, 30, 14])
  })

  it('in the second half of a short life', () => {
    const everyDay = Array.from({ length: 13 }, (_, index) => daysBefore(10 - index))
    expect(warnedAt(daysBefore(10), end, everyDay)).toEqual([7, 1, 0])
    expect(warnedAt(daysBefore(10), end, [daysBefore(10), daysBefore(6)])).toEqual([])
  })
})

it('starts anew with the certificate that replaces it', () => {
  const now = new Date(inDays(0, '09:00'))
  const first = datedCertificate('Ada', { ends: inDays(7) })
  const second = { ...first, sha256: datedCertificate('Ada').sha256, ends: inDays(7, '17:00') }
  const find = (certificate: typeof first) =>
    findExpiring({ certificates: [certificate], stored: [], issuers: [], hosts: [], accounts: [] }, now)
  const given: GivenWarning[] = [{ key: first.sha256, stage: 7, at: inDays(-1) }]
  expect(newWarnings(find(first), given, now)).toEqual([])
  expect(newWarnings(find(second), given, now)).toMatchObject([{ stage: 7 }])
})
