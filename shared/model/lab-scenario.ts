import { z } from 'zod'
import { CauseCode } from './probe'

/**
 * What can be broken at the practice site, on purpose. A scenario has the name of the cause that a test must then name, so
 * there is one for each cause that a server can bring about, and none that proves nothing.
 */
export const LabScenario = CauseCode.extract([
  'hostname-not-associated',
  'access-does-not-know-issuer',
  'certificate-revoked',
  'reason-does-not-fit',
  'server-crl-or-clock',
  'policy-does-not-match',
  'policy-is-login',
  'no-application',
  'rule-lets-everybody-in',
  'application-refuses',
  'clock-wrong',

  'token-signature-invalid',
  'token-algorithm-refused',
  'token-key-unknown',
  'token-expired',
  'token-not-yet-valid',
  'token-for-other-application',
  'token-from-other-issuer',
  'token-for-another-name',
  'cookie-is-no-token',

  'edge-country',
  'edge-user-agent',
  'edge-rate',
  'edge-origin-name',
  'edge-rule',
  'edge-tunnel',
  'edge-other',
  'edge-to-origin',
  'bot-challenge',
  'firewall-block',

  'issuer-not-accepted',
  'issuer-listed-but-rejected',
  'key-type-not-accepted',
  'certificate-type-unsupported',
  'certificate-called-bad',
  'certificate-called-unacceptable',
  'certificate-access-denied',
  'certificate-not-received',
  'handshake-ended-after-certificate',
  'signature-not-verified',
  'server-error-on-certificate',
  'rejected-without-reason',
  'closed-after-certificate',
  'asked-after-the-request',
  'server-does-not-ask',
  'tls-inspected',

  'server-certificate-expired',
  'server-certificate-not-yet-valid',
  'server-certificate-incomplete',
  'server-certificate-wrong-use',
  'server-certificate-wrong-name',
  'server-certificate-self-signed',
  'server-certificate-private-root',
  'server-certificate-too-weak',
  'server-certificate-unreadable',
  'server-certificate-changed',

  'refused-by-server',
  'password-asked',
  'not-signed-in',
  'not-found',
  'wrong-server-for-name',
  'too-many-requests',
  'server-error',
  'site-login',
  'other-identity-provider',
  'sent-to-other-host',
  'sent-to-plain-http',
  'redirect-loop',
  'captive-portal',

  'too-slow',
  'answer-too-slow',
  'connection-cut',
  'closed-without-answer',
  'plain-http-on-port',
  'other-protocol-on-port',
  'tls-version-too-old',
  'handshake-refused',
  'no-common-cipher',
  'name-refused',
  'no-common-protocol',
  'tls-failed',
  'not-http',
  'headers-too-large',
])
export type LabScenario = z.infer<typeof LabScenario>

/** The order in which they are offered. */
export const LabScenarioGroup = z.enum([
  'access',
  'token',
  'edge',
  'handshake',
  'server-certificate',
  'answer',
  'connection',
])
export type LabScenarioGroup = z.infer<typeof LabScenarioGroup>

export interface LabScenarioWords {
  group: LabScenarioGroup
  /** What a person chooses from a list. */
  title: string
  /** What is wrong at the site while the scenario is on. */
  broken: string
}
