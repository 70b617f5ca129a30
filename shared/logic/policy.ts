import type { ForbiddenAction, HideablePart, PolicyState } from '../model/policy'

/** What a policy can switch off, each checked by the service that does it. */
export type PolicyFeature = ForbiddenAction | HideablePart | 'issuing' | 'set-up-files' | 'updates'

/**
 * Off while there is a policy that cannot be used: it may forbid them. What makes nothing new and lets nothing out stays, and so
 * does revoking a certificate, which must never wait.
 */
const offWhileUnusable: ReadonlySet<PolicyFeature> = new Set([
  'key-export',
  'backup',
  'issuing',
  'access',
  'set-up-files',
  'updates',
])

/** Why something is off, as the code of the error; null where it is not. */
export function restrictionOn(what: PolicyFeature, state: PolicyState): 'managed' | 'policy-unusable' | null {
  switch (state.kind) {
    case 'none':
      return null
    case 'unusable':
      return offWhileUnusable.has(what) ? 'policy-unusable' : null
    case 'set':
      return isForbidden(what, state.policy) ? 'managed' : null
  }
}

export type SetPolicy = Extract<PolicyState, { kind: 'set' }>['policy']

function isForbidden(what: PolicyFeature, { hide, forbid, updates }: SetPolicy): boolean {
  switch (what) {
    case 'key-export':
      return forbid.includes(what)
    // A backup takes the keys along, to a Latchkey that no policy binds.
    case 'backup':
      return forbid.includes(what) || forbid.includes('key-export')
    case 'issuing':
      return hide.includes('issuers')
    case 'issuers':
    case 'access':
    case 'practice':
      return hide.includes(what)
    case 'updates':
      return updates === 'off'
    case 'set-up-files':
      return false
  }
}
