import type { DailyCheck } from './daily-check'
import { isThere } from './timer-program'

/**
 * Makes a timer anew that is on and would start nothing, because the program has moved since, or that an earlier version wrote
 * differently. One that starts another Latchkey that is still there is left to it. Says whether it was made anew. Errors: as
 * `DailyCheck.switchOn`.
 */
export async function repairDailyCheck(check: DailyCheck, program: string): Promise<boolean> {
  const started = await check.startsOtherwise()
  if (started === null || (started !== program && (await isThere(started)))) return false
  await check.switchOn()
  return true
}
