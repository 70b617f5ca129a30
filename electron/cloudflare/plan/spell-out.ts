import { limitationsOf } from '#shared/logic/access/limitations'
import { changeWords, riskWords } from '#shared/logic/access/plan-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { PlanStep } from '#shared/model/access-plan'
import type { AccessCall } from '../api'
import { callOf } from './calls'
import { simulate } from './simulate'

/** A step of a plan for a reader, and the request that would be sent, without secrets; null for what happens on this computer. */
export interface SpelledStep extends PlanStep {
  title: string
  detail: string
  /** Its risks, and what Access does not do here although somebody might rely on it. */
  warnings: string[]
  call: AccessCall | null
}

/** Each step with the account as the steps before it leave it. `account` is the one that they were planned for. */
export function spellOut(account: AccessAccount, steps: PlanStep[]): SpelledStep[] {
  let before = account
  return steps.map((step) => {
    const after = simulate(before, step.change)
    const words = changeWords(step.change, before, after)
    const call = withoutSecrets(callOf(step.change, before))
    const warnings = [...step.risks.map(riskWords), ...limitationsOf(step.change, before)]
    before = after
    return { ...step, ...words, warnings, call }
  })
}

/** Parts of an application that may hold passwords of other systems. They are sent back as they are, and shown to nobody. */
const secrets = new Set(['scim_config', 'saas_app'])

function withoutSecrets(call: AccessCall | null): AccessCall | null {
  if (call === null || call.body === null) return call
  const fields = Object.entries(call.body).map(([field, value]) => [field, secrets.has(field) ? '(hidden)' : value])
  return { ...call, body: Object.fromEntries(fields) }
}
