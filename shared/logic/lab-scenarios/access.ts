import type { LabScenario, LabScenarioWords } from '../../model/lab-scenario'

const group = 'access'

/** What an administrator of Access can get wrong. */
export const access = {
  'hostname-not-associated': {
    group,
    title: 'The hostname is not associated',
    broken: 'This hostname is missing from the associated hostnames of the CA, so nobody is asked for a certificate.',
  },
  'access-does-not-know-issuer': {
    group,
    title: 'The CA was not uploaded',
    broken: 'Access asks for a certificate, but does not know the CA that issued yours.',
  },
  'certificate-revoked': {
    group,
    title: 'Your certificate is revoked',
    broken: 'Your certificate is on the revocation list (CRL).',
  },
  'reason-does-not-fit': {
    group,
    title: 'Access saw another certificate',
    broken: 'Something in between presented a self-signed certificate in place of yours, and Access rejects it.',
  },
  'server-crl-or-clock': {
    group,
    title: 'The revocation list has expired',
    broken: 'Nobody has published a new revocation list (CRL) since the last one expired.',
  },
  'policy-does-not-match': {
    group,
    title: 'The rule names somebody else',
    broken: 'The rule lets in only the Common Name “Somebody Else”.',
  },
  'policy-is-login': {
    group,
    title: 'The rule also asks for a login',
    broken: 'The rule has the action Allow instead of Service Auth.',
  },
  'no-application': {
    group,
    title: 'No application covers the address',
    broken: 'The application was deleted, or its rule is Bypass. Everybody gets in.',
  },
  'rule-lets-everybody-in': {
    group,
    title: 'A rule lets everybody in',
    broken: 'There is an application, but one of its rules includes everyone.',
  },
  'application-refuses': {
    group,
    title: 'The application itself refuses you',
    broken: 'Access lets you in. The application behind it does not know you, and answers 403.',
  },
  'clock-wrong': {
    group,
    title: 'A clock is wrong',
    broken: 'The server’s clock is two days behind, so your certificate is not valid yet by that clock.',
  },
} as const satisfies Partial<Record<LabScenario, LabScenarioWords>>
