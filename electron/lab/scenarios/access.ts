import { DAY_MS } from '#shared/logic/day'
import type { LabScenario } from '#shared/model/lab-scenario'
import type { Scenario } from './scenario'

/** The failures are those of Cloudflare's `certVerified`, which are OpenSSL's. */
export const access = {
  'hostname-not-associated': { asks: false },
  'access-does-not-know-issuer': { failure: 'unable to get local issuer certificate' },
  'certificate-revoked': { failure: 'certificate revoked' },
  'reason-does-not-fit': { failure: 'self signed certificate' },
  'server-crl-or-clock': { failure: 'CRL has expired' },
  'policy-does-not-match': {
    policy: { action: 'service-auth', rule: { kind: 'common-name', commonNames: ['Somebody Else'] } },
  },
  'policy-is-login': { policy: { action: 'allow', rule: { kind: 'valid-certificate' } } },
  'no-application': { policy: { action: 'bypass', rule: { kind: 'valid-certificate' } } },
  'rule-lets-everybody-in': { isOpen: true },
  'application-refuses': { inside: { status: 403, body: '<h1>Forbidden</h1><p>You have no account here.</p>' } },
  'clock-wrong': { failure: 'certificate is not yet valid', clockShiftMs: -2 * DAY_MS },

  'token-signature-invalid': { tokenFault: 'signature' },
  'token-algorithm-refused': { tokenFault: 'algorithm' },
  'token-key-unknown': { tokenFault: 'key' },
  'token-expired': { tokenFault: 'expired' },
  'token-not-yet-valid': { tokenFault: 'early' },
  'token-for-other-application': { tokenFault: 'audience' },
  'token-from-other-issuer': { tokenFault: 'issuer' },
  'token-for-another-name': { tokenFault: 'name' },
  'cookie-is-no-token': { tokenFault: 'form' },
} as const satisfies Partial<Record<LabScenario, Scenario>>
