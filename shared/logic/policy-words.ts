import type { ForbiddenAction, HideablePart } from '../model/policy'
import { capitalise } from './capitalise'
import { joinNames } from './formatting'
import type { SetPolicy } from './policy'

const partNames: Record<HideablePart, string> = { issuers: 'Issuers', access: 'Access', practice: 'Practice' }
const forbiddenNames: Record<ForbiddenAction, string> = {
  'key-export': 'exporting private keys',
  backup: 'making a backup',
}

/** What a policy says, in one line for each field. `storeName`: what people call its store. */
export function policyFacts(policy: SetPolicy, storeName: string | null): [string, string][] {
  const { hide, forbid, sites, issuers, updates, setupKey } = policy
  const facts: [string, string][] = [
    ['Hidden', joinNames(hide.map((part) => partNames[part]))],
    ['Not allowed', capitalise(joinNames(forbid.map((what) => forbiddenNames[what])))],
    ['Sites', sites.join(', ')],
    ['Issuers', issuers.join(', ')],
    ['Certificates go into', storeName ?? ''],
    ['Updates', updates === 'off' ? 'Off' : ''],
    ['Set-up files are signed with', setupKey ?? ''],
  ]
  const said = facts.filter(([, value]) => value !== '')
  return said.length > 0 ? said : [['Set', 'Nothing']]
}
