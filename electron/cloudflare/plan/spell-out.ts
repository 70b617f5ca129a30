import { changeWords, riskWords } from '#shared/logic/access/plan-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { PlanStep } from '#shared/model/access-plan'
import { type AccessCall, callOf } from './calls'
import { simulate } from './simulate'

/** A step of a plan for a reader, and the request that would be sent; null for what happens on this computer. */
export interface SpelledStep extends PlanStep {
  title: string
  detail: string
  warnings: string[]
  call: AccessCall | null
}

/** Each step with the account as the steps before it leave it. `account` is the one that they were planned for. */
export function spellOut(account: AccessAccount, steps: PlanStep[]): SpelledStep[] {
  let before = account
  return steps.map((step) => {
    const after = simulate(before, step.change)
    const words = changeWords(step.change, before, after)
    const call = callOf(step.change, before)
    before = after
    return { ...step, ...words, warnings: step.risks.map(riskWords), call }
  })
}
