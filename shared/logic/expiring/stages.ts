import type { WarningStage } from '#shared/model/expiring'
import { daysLeft, hasEnded } from '../expiry'

/** The calendar days ahead at which a warning is given; 0 is the day itself. */
const stagesAhead = [0, 1, 7, 14, 30] as const satisfies readonly WarningStage[]

/** Nothing is due earlier than this many calendar days ahead: Access' own notifications begin then, too. */
export const NOTICE_DAYS = 30

/** The warning that fits this moment: the smallest threshold that is not passed yet. Null: too early for any. */
export function stageAt(ends: string, now: Date): WarningStage | null {
  if (hasEnded(ends, now)) return -1
  const days = daysLeft(ends, now)
  return stagesAhead.find((stage) => days <= stage) ?? null
}

/** Red on the last days, orange before. */
export const isUrgent = (ends: string, now: Date): boolean => hasEnded(ends, now) || daysLeft(ends, now) <= 1
