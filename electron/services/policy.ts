import { isAuthority } from '#electron/pki/x509/issued-by'
import { titleOf } from '#electron/pki/x509/name'
import { certificatesIn } from '#electron/pki/x509/pem'
import { readCertificate } from '#electron/pki/x509/read'
import { type FoundPolicy, unusable } from '#electron/platform/policy/policy'
import { AppError } from '#shared/errors'
import { type PolicyFeature, restrictionOn } from '#shared/logic/policy'
import type { HideablePart, Policy, PolicyState } from '#shared/model/policy'

const emptyPolicy: Policy = {
  version: 1,
  hide: [],
  forbid: [],
  sites: [],
  issuers: [],
  store: null,
  updates: 'allowed',
  setupKey: null,
}

/** What the administrator of this computer has set. Read once at start: a change takes effect at the next. */
export function createPolicy(read: FoundPolicy) {
  const found = withIssuers(read)
  const policy = found.kind === 'set' ? found.policy : emptyPolicy

  const state: PolicyState =
    found.kind === 'set' ? { ...found, policy: { ...policy, issuers: issuersOf(policy).map(nameOf) } } : found

  return {
    state: () => state,
    isHidden: (part: HideablePart): boolean => policy.hide.includes(part),
    /** Errors: `managed` where the policy switches it off, `policy-unusable` where there is one that cannot be used. */
    require(what: PolicyFeature): void {
      const restriction = restrictionOn(what, state)
      if (restriction !== null) throw new AppError(restriction, state.kind === 'unusable' ? whereAndWhy(state) : null)
    },
    sites: policy.sites,
    /** DER of the CAs. */
    issuers: issuersOf(policy),
    store: policy.store,
    setupKey: policy.setupKey,
  }
}

export type PolicyService = ReturnType<typeof createPolicy>

/** An issuer that is not the certificate of a CA makes the whole policy unusable, as an unknown field does. */
function withIssuers(found: FoundPolicy): FoundPolicy {
  if (found.kind !== 'set') return found
  const isFine = found.policy.issuers.every((pem) => {
    try {
      const certificates = certificatesIn(pem)
      return certificates.length > 0 && certificates.every(isAuthority)
    } catch {
      return false
    }
  })
  return isFine ? found : unusable(found.from, 'One of its “issuers” is not the certificate of a CA in PEM.')
}

const issuersOf = ({ issuers }: Policy): Uint8Array[] => issuers.flatMap(certificatesIn)

const nameOf = (der: Uint8Array): string => titleOf(readCertificate(der).subject)

const whereAndWhy = ({ from, why }: { from: string; why: string }): string => `${from}: ${why}`
