import { accountLines, obstacleInAccount, remedyInAccount } from '../account'
import type { Facts } from '../facts'
import {
  certain,
  type Hypothesis,
  likely,
  mtlsLine,
  mtlsStatus,
  nameOf,
  possible,
  whatServerDid,
  whereMutualTls,
} from '../hypothesis'
import { isGate } from '../verdict-kind'
import { acceptedIssuers, acceptedLine, extendedUseLine, isBarred } from './own-certificate'

/** What Access itself says, or shows by what it does. Named only where Access was seen. */
export const access: Hypothesis[] = [
  {
    code: 'hostname-not-associated',
    who: 'administrator',
    explains: ['not-asked', 'refused', 'not-offered', 'protected'],
    support: (facts) => {
      if (!isRefusedByAccess(facts)) return null
      const known = accountLines(facts, 'no-ca')
      if (facts.deciding.asked === 'no') return certain(...whatServerDid(facts), mtlsLine(facts), ...known)
      return (mtlsStatus(facts) === 'NONE' && facts.deciding.sent === 'yes') || known.length > 0
        ? likely(...whatServerDid(facts), mtlsLine(facts), ...known)
        : null
    },
    title: () => 'Access does not ask for this certificate.',
    remedy: (facts) =>
      remedyInAccount(
        facts,
        'no-ca',
        `${whereMutualTls} and add exactly this hostname to the certificate’s associated hostnames. The name a CNAME points to is not enough.`,
      ),
  },
  {
    code: 'policy-does-not-match',
    who: 'administrator',
    explains: ['refused-although-verified', 'refused'],
    support: (facts) => {
      if (!isRefusedByAccess(facts)) return null
      const known = accountLines(facts, 'no-policy')
      if (mtlsStatus(facts).startsWith('SUCCESS')) return certain(mtlsLine(facts), ...whatServerDid(facts), ...known)
      if (!isSilent(facts) || isElsewhere(facts, 'no-policy')) return null
      if (known.length > 0)
        return likely(...whatServerDid(facts), 'The answer does not mention the certificate.', ...known)
      const evidence = [...whatServerDid(facts), 'The answer does not mention the certificate.']
      if (facts.listedIssuers.length > 0)
        return likely(...evidence, `Access accepts your issuer ${facts.listedIssuers[0] ?? ''}.`)
      return acceptedIssuers(facts).length > 0 ? null : possible(...evidence)
    },
    title: (facts) => `No rule lets ${nameOf(facts)} in.`,
    remedy: (facts) =>
      remedyInAccount(
        facts,
        'no-policy',
        `Add a Common Name rule for ${nameOf(facts)} (or Valid Certificate) with the action Service Auth, and attach it to this application.`,
      ),
  },
  {
    code: 'access-does-not-know-issuer',
    who: 'administrator',
    explains: ['certificate-rejected', 'refused'],
    support: (facts) => {
      const known = accountLines(facts, 'other-ca')
      if (mtlsStatus(facts).startsWith('FAILED'))
        return namesAnother.test(mtlsStatus(facts)) ? null : certain(mtlsLine(facts), ...whatServerDid(facts), ...known)
      if (!isRefusedByAccess(facts)) return null
      if (!isSilent(facts) || facts.listedIssuers.length > 0 || isElsewhere(facts, 'other-ca')) return null
      const evidence = [...whatServerDid(facts), 'The answer does not mention the certificate.', ...known]
      if (known.length > 0) return likely(...evidence)
      return acceptedIssuers(facts).length > 0 ? likely(...evidence, acceptedLine(facts)) : possible(...evidence)
    },
    title: () => 'Access does not know the issuer of this certificate.',
    remedy: (facts) =>
      remedyInAccount(
        facts,
        'other-ca',
        `${whereMutualTls} and upload the whole chain: the intermediate first, then the root.`,
      ),
  },
  {
    // Something in between may have shown another certificate, or the check looked at another one of the chain.
    code: 'reason-does-not-fit',
    who: 'administrator',
    explains: ['certificate-rejected'],
    support: (facts) => {
      const { identity } = facts
      if (identity === null) return null
      const { certificate, issuers } = identity
      if (selfSigned.test(mtlsStatus(facts)) && !certificate.selfSigned)
        return likely(mtlsLine(facts), `“${identity.name}” was issued by ${certificate.issuer}.`)
      return /PURPOSE/u.test(mtlsStatus(facts)) && ![certificate, ...issuers].some(isBarred)
        ? likely(mtlsLine(facts), extendedUseLine(certificate))
        : null
    },
    title: (facts) => `Access rejected ${nameOf(facts)} for a reason that does not fit it.`,
    remedy: () =>
      'Ask the administrator which certificate Access saw, and whether something between you and Access decrypts the connection.',
  },
  {
    code: 'policy-is-login',
    who: 'administrator',
    explains: ['login-next', 'login-either-way'],
    support: ({ without, with: presented, deciding }) => {
      if (deciding.answer !== 'access-login') return null
      if (presented === null) return likely('The attempt without a certificate was sent to the login.')
      if (without.treatment === 'login') return likely('Both attempts were sent to the login.')
      return isGate(without) ? certain('The certificate was accepted, and the login comes next.') : null
    },
    title: () => 'The rule asks for a login.',
    remedy: () =>
      'If the certificate alone should be enough, set the rule’s action to Service Auth. Otherwise log in as usual.',
  },
  {
    code: 'rule-lets-everybody-in',
    who: 'administrator',
    explains: ['open-to-everyone'],
    support: ({ without }) => {
      if (without.attempt.access.application === 'proven')
        return certain('Access names an application for this address.')
      return without.attempt.access.application === 'claimed'
        ? possible('An answer names an Access application, but its signature was not verified.')
        : null
    },
    title: () => 'The rules let you in without a certificate.',
    remedy: () =>
      'An Access application covers this address. Require Valid Certificate or a Common Name in its rules, and remove the rule that lets in without one.',
  },
  {
    code: 'no-application',
    who: 'administrator',
    explains: ['open-to-everyone'],
    support: (facts) => {
      if (!facts.isCloudflare) return null
      const { application } = facts.without.attempt.access
      if (application === 'none') return certain('When asked, Access names no application for this address.')
      return application === null ? likely('The site is behind Cloudflare, and Access was not seen.') : null
    },
    title: () => 'This address needs no certificate.',
    remedy: () =>
      'Create an Access application that covers this hostname and path, and check that no rule has the action Bypass.',
  },
  {
    code: 'application-refuses',
    who: 'administrator',
    explains: ['site-error'],
    support: (facts) => {
      const { answer } = facts.deciding
      if ((answer !== 'forbidden' && answer !== 'not-signed-in') || facts.without.treatment !== 'access-refused')
        return null
      return likely('Access refuses without a certificate; with it, another answer came.', ...whatServerDid(facts))
    },
    title: () => 'The certificate was accepted; the site itself refuses you.',
    remedy: () => 'Ask whoever runs the application to give you access to it. The certificate is not the reason.',
  },
]

const selfSigned = /SELF[- ]SIGNED CERTIFICATE\s*$/u

/** Reasons of OpenSSL (X509_verify_cert_error_string) that are not about the issuer: their own causes speak of them. */
const namesAnother = /HAS EXPIRED|NOT YET VALID|REVOKED|PURPOSE|SELF[- ]SIGNED CERTIFICATE\s*$/u

/** Access' own page, with the certificate. */
const isRefusedByAccess = (facts: Facts) => facts.deciding.treatment === 'access-refused'

/** The account names another cause than this one. */
const isElsewhere = (facts: Facts, obstacle: NonNullable<ReturnType<typeof obstacleInAccount>>) => {
  const found = obstacleInAccount(facts)
  return found !== null && found !== obstacle
}

/** Refused with the certificate sent, and not a word about it: programs get such an answer from Access. */
const isSilent = (facts: Facts) => mtlsStatus(facts) === '' && facts.deciding.sent === 'yes'
