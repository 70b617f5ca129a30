import type { Expiring, GivenWarning, WarningStage } from '#shared/model/expiring'
import { clockToleranceMs } from '../crl-dates'
import { isLateInLife } from './find'
import { stageAt } from './stages'

/** A warning to give now. */
export interface DueWarning {
  about: Expiring
  stage: WarningStage
}

/**
 * Which of these deserve a warning now: each threshold once, and none that is behind. A computer that was off gets the
 * present one only. Whoever was warned on the last day is not told again when it has ended.
 */
export function newWarnings(expiring: Expiring[], given: GivenWarning[], now: Date): DueWarning[] {
  const stagesGiven = new Map<string, WarningStage[]>()
  for (const { key, stage, at } of given)
    if (!wasAhead(at, now)) stagesGiven.set(key, [...(stagesGiven.get(key) ?? []), stage])
  return expiring.flatMap((about) => {
    const stage = stageAt(about.ends, now)
    if (stage === null || !isLateInLife(about, now)) return []
    const last = stage === -1 ? 0 : stage
    return stagesGiven.get(about.key)?.some((earlier) => earlier <= last) === true ? [] : [{ about, stage }]
  })
}

/** Marked in the future, by a wrong clock. Such a mark must not suppress a warning. */
const wasAhead = (at: string, now: Date) => Date.parse(at) > now.getTime() + clockToleranceMs
