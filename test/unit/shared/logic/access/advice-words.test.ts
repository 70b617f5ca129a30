import { describe, expect, test } from 'vitest'
import { explain } from '#electron/cloudflare/explain/explain'
import { adviceWords } from '#shared/logic/access/advice-words'
import type { AccessAccount, AccessPolicy } from '#shared/model/access-account'
import type { VisitorCertificate } from '#shared/model/access-explanation'
import type { AccessRule } from '#shared/model/access-rule'
import {
  account,
  application,
  ca,
  certificateOf,
  nobody,
  policy,
  readAt,
  rules,
  withCertificate,
} from '../../../../support/access-accounts'

const hostname = 'wiki.acme.example'
const tomas: AccessRule = { kind: 'common-name', name: 'Tomas Lind' }
const mira: AccessRule = { kind: 'common-name', name: 'Mira Falk' }
const any: AccessRule = { kind: 'valid-certificate' }
const admins = policy('Admins', 'non_identity', rules([tomas]))

const wiki = (policies: AccessPolicy[], parts: Partial<AccessAccount> = {}) =>
  account({
    cas: [ca('G2', [hostname])],
    applications: [application('Wiki', [hostname], policies)],
    policies,
    ...parts,
  })

const advice = (parts: AccessAccount, certificate: Partial<VisitorCertificate> = {}) => {
  const visitor = withCertificate(certificateOf('G2', 'Mira Falk', certificate))
  return adviceWords(explain(parts, visitor, { hostname, path: '/' }, readAt), visitor)
}

const denying = account().organization
const closed = denying && { ...denying, denyUnmatchedRequests: true }

describe('what would let a certificate in', () => {
  test.each<[string | null, AccessAccount, Partial<VisitorCertificate>?]>([
    ['To let Mira Falk in, add the name to Admins.', wiki([admins])],
    ['Associate wiki.acme.example with G2.', wiki([admins], { cas: [] })],
    ['Associate wiki.acme.example with G2.', wiki([admins], { cas: [ca('G1', [hostname])] })],
    [
      'Upload the renewed certificate of G2 as a new CA.',
      wiki([admins], { cas: [ca('G2', [hostname], { expiresOn: '2026-01-01T00:00:00.000Z' })] }),
    ],
    ['Renew the certificate of Mira Falk.', wiki([admins]), { notAfter: '2026-11-01T00:00:00.000Z' }],
    ['Wait until the certificate is valid.', wiki([admins]), { notBefore: '2026-12-01T00:00:00.000Z' }],
    [
      'Holders excludes Mira Falk. Take the name off its exclusions to let Mira Falk in.',
      wiki([policy('Holders', 'non_identity', rules([any], { exclude: [mira] }))]),
    ],
    [
      'No policy here asks for a certificate. Attach one that does.',
      wiki([policy('Backup', 'non_identity', rules([{ kind: 'any-service-token' }]))]),
    ],
    ['Create an application for this address.', account({ organization: closed })],
    // Nothing that one change would mend, and nothing to mend.
    [null, wiki([policy('Block', 'deny', rules([mira])), policy('Login', 'allow', rules([any]))])],
    [null, wiki([policy('Holders', 'non_identity', rules([any]))])],
    [null, wiki([admins]), { commonName: null }],
  ])('%s', (words, parts, certificate) => {
    expect(advice(parts, certificate)).toBe(words)
  })

  test('is not said to a visitor without one', () => {
    expect(adviceWords(explain(wiki([admins]), nobody, { hostname, path: '/' }, readAt), nobody)).toBeNull()
  })
})
