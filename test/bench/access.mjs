import { execFileSync } from 'node:child_process'
import { bundled } from './bundled.mjs'
import { median } from './median.mjs'

/**
 * An account with 500 applications, 50 CAs and 1,000 hostnames: the calls of a status, the pages that its lists have, and its plans
 * after it was read, in milliseconds of processor time.
 */
export function access() {
  const { planMs, calls, pages } = JSON.parse(execFileSync(process.execPath, [bundled('access')], { encoding: 'utf8' }))
  return { planMs: median(planMs), firstPlanMs: planMs[0], calls, pages }
}
