import { execFileSync } from 'node:child_process'
import { bundled } from './bundled.mjs'
import { median } from './median.mjs'

/** Plans for an account with 500 applications, 50 CAs and 1,000 hostnames, after it was read; milliseconds of processor time. */
export function access() {
  const planMs = JSON.parse(execFileSync(process.execPath, [bundled('access')], { encoding: 'utf8' }))
  return { planMs: median(planMs), firstPlanMs: planMs[0] }
}
