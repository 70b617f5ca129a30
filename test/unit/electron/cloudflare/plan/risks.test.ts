import { describe, expect, test } from 'vitest'
import { blockNames } from '#electron/cloudflare/plan/block'
import { nothingManaged } from '#electron/cloudflare/plan/managed'
import { planOf } from '#electron/cloudflare/plan/plan'
import { riskWords } from '#shared/logic/access/plan-words'
import type { AccessChange } from '#shared/model/access-plan'
import type { AccessRule } from '#shared/model/access-rule'
import { account, application, ca, policy, readAt, rules } from '../../../../support/access-accounts'

const any: AccessRule[] = [{ kind: 'valid-certificate' }]
const everyone: AccessRule[] = [{ kind: 'everyone' }]
const staff = policy('Staff', 'allow', rules(everyone, { require: any }))
const block = policy('Block', 'deny', rules([{ kind: 'country', code: 'XX' }]))
const odd = policy('Odd', 'unknown', rules(any))
const wiki = application('Wiki', ['a.acme.example'], [block, staff, odd])
const acme = account({ cas: [ca('G2', ['a.acme.example'])], applications: [wiki], policies: [block, staff, odd] })

function stepOf(change: AccessChange) {
  const [step] = planOf(acme, [change], readAt).steps
  return { risks: step?.risks.map(riskWords), confirm: step?.confirm }
}

const keeping = (...names: string[]): AccessChange => ({
  kind: 'set-application-policies',
  id: wiki.id,
  policies: wiki.policies.filter(({ policy: id }) => names.some((name) => id.endsWith(name))),
})

describe('a step that opens or shuts', () => {
  test('asks for the policy that is to let in everyone without a check', () => {
    const change = { kind: 'update-policy', id: staff.id, decision: 'bypass', rules: rules(everyone) } as const
    expect(stepOf(change)).toMatchObject({ confirm: ['Staff', 'Staff'] })
  })

  test('asks for a policy that is taken off, and says what that means', () => {
    expect(stepOf(keeping('staff', 'odd'))).toEqual({
      risks: ['Block no longer keeps anybody out of Wiki.'],
      confirm: ['Block'],
    })
    expect(stepOf(keeping('block', 'odd'))).toEqual({
      risks: ['Staff no longer lets anybody into Wiki.'],
      confirm: ['Staff'],
    })
    expect(stepOf(keeping('block', 'staff'))).toEqual({ risks: ['Odd no longer counts for Wiki.'], confirm: ['Odd'] })
  })

  test('asks for a Block policy that is to be none', () => {
    const change = { kind: 'update-policy', id: block.id, decision: 'allow', rules: block.rules } as const
    expect(stepOf(change)).toMatchObject({ confirm: ['Block'] })
  })

  test('asks for nothing where somebody is blocked', () => {
    const known = {
      ...acme,
      policies: [block, staff],
      applications: [application('Wiki', ['a.acme.example'], [block, staff])],
    }
    const { changes } = blockNames(known, ['Mira Falk'], nothingManaged)
    expect(planOf(known, changes, readAt).steps.flatMap(({ confirm }) => confirm)).toEqual([])
  })
})
