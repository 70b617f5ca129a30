import { expect, it } from 'vitest'
import { explain } from '#electron/cloudflare/explain/explain'
import { revocationWords } from '#shared/logic/access/limitations'
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

const hostname = 'a.acme.example'
const holders = policy('Holders', 'non_identity', rules([{ kind: 'valid-certificate' }]))
const acme = account({
  cas: [ca('Clients', [hostname])],
  applications: [application('Site', [hostname], [holders])],
  policies: [holders],
})
const wordsFor = (visitor: typeof nobody, at = acme) =>
  revocationWords(explain(at, visitor, { hostname, path: '/' }, readAt))

it('says that Access reads no revocation list where a certificate lets somebody in, and nowhere else', () => {
  const ada = withCertificate(certificateOf('Clients', 'Ada'))
  expect(wordsFor(ada)).toContain('reads no revocation list')
  expect(wordsFor(nobody)).toBeNull()
  expect(wordsFor(withCertificate(certificateOf('Other', 'Ada')))).toBeNull()
  // Open to everyone, so that the certificate is not the reason.
  expect(wordsFor(ada, account())).toBeNull()
})
