import { describe, expect, it } from 'vitest'
import { explain } from '#electron/cloudflare/explain/explain'
import { adviceWords } from '#shared/logic/access/advice-words'
import { formatDateTime } from '#shared/logic/formatting'
import type { AccountFacts } from '#shared/logic/test/input'
import type { AccessAccount } from '#shared/model/access-account'
import {
  account,
  application,
  ca,
  certificateOf,
  policy,
  readAt,
  rules,
  withCertificate,
} from '../../../../support/access-accounts'
import { answered } from '../../../../support/attempts'
import { judged } from '../../../../support/judged'

const hostname = 'a.acme.example'
const host = { hostname, port: 443, path: '/', practice: false }
const byName = policy('Holders', 'non_identity', rules([{ kind: 'common-name', name: 'Mira Falk' }]))
const site = application('Site', [hostname], [byName])
const protectedBy = (name: string) => account({ cas: [ca(name, [hostname])], applications: [site], policies: [byName] })

function facts(acme: AccessAccount, commonName: string): AccountFacts {
  const visitor = withCertificate(certificateOf('Clients', commonName))
  const explanation = explain(acme, visitor, { hostname, path: '/' }, readAt)
  return { name: acme.name, explanation, advice: adviceWords(explanation, visitor) }
}

const asRead = `as read on ${formatDateTime(readAt)}`
/** A refusal that does not mention the certificate: of itself, it may be this or that. */
const silent = (asked: 'yes' | 'no' | 'unknown' = 'yes') =>
  answered(403, { access: { seen: true, audience: 'a' }, tls: { asked, sent: asked === 'no' ? 'no' : 'yes' } })

const judge = (known: AccountFacts | null, attempt = silent()) =>
  judged({ host, with: attempt, account: known }).findings.map(({ code, certainty, evidence, remedy }) => ({
    code,
    certainty,
    said: [...evidence, remedy].filter((line) => line.includes('Acme') || line.includes('As the account')),
  }))

describe('an account that was read', () => {
  it('names the policy that is missing, with the time', () => {
    const [first, ...others] = judge(facts(protectedBy('Clients'), 'Tomas Lind'))
    expect(first).toMatchObject({ code: 'policy-does-not-match', certainty: 'likely' })
    expect(first?.said).toEqual([
      `In the account “Acme”, ${asRead}: of the policies Holders, none lets this certificate in.`,
      expect.stringContaining(
        `As the account was read on ${formatDateTime(readAt)}: To let Tomas Lind in, add the name to Holders.`,
      ),
    ])
    expect(others.map(({ code }) => code)).not.toContain('access-does-not-know-issuer')
  })

  it('names the association that is missing', () => {
    const bare = account({ applications: [site], policies: [byName] })
    const [first] = judge(facts(bare, 'Mira Falk'), silent('no'))
    expect(first).toMatchObject({ code: 'hostname-not-associated' })
    expect(first?.said[0]).toBe(`In the account “Acme”, ${asRead}: no CA is associated with ${hostname}.`)
  })

  it('names the CA that has the hostname instead of the issuer', () => {
    const [first] = judge(facts(protectedBy('Other'), 'Mira Falk'))
    expect(first).toMatchObject({ code: 'access-does-not-know-issuer', certainty: 'likely' })
    expect(first?.said[0]).toContain(`${hostname} is associated with Other, not with the issuer of this certificate.`)
  })

  const without = judge(null)
  it.each<[string, AccountFacts, ReturnType<typeof silent>]>([
    ['would let the certificate in', facts(protectedBy('Clients'), 'Mira Falk'), silent()],
    ['depends on what nobody knows', facts(account({ zones: null, organization: null }), 'Mira Falk'), silent()],
    [
      'has no CA there, while the server asked for a certificate',
      facts(account({ applications: [site], policies: [byName] }), 'Mira Falk'),
      silent('yes'),
    ],
  ])('that %s says nothing: the causes are those of the test alone', (_what, known, attempt) => {
    expect(judge(known, attempt)).toEqual(without)
  })

  it('says nothing where Access did not refuse, or no certificate was shown', () => {
    const known = facts(protectedBy('Clients'), 'Tomas Lind')
    for (const attempt of [answered(200), answered(403), answered(502)])
      expect(judged({ host, with: attempt, account: known })).toEqual(judged({ host, with: attempt, account: null }))
    expect(judged({ host, with: null, account: known })).toEqual(judged({ host, with: null, account: null }))
  })
})
