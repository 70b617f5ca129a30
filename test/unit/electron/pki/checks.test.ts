import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowsClientUse, type CheckInput, checkIssued } from '#electron/pki/checks'
import { generateKey } from '#electron/pki/keys'
import { certificateKey, certificateSha256, readCertificate } from '#electron/pki/x509/read'
import { checkWords } from '#shared/logic/checks'
import { Check, CheckCode } from '#shared/model/certificate'
import { derOf, makeSmallPki, named, type SmallPki } from '../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../support/openssl'

/** A little ahead: openssl’s certificates begin at the very second in which they are made. */
const now = new Date(Date.now() + 60_000)
let walkthrough: Walkthrough
let pki: SmallPki
beforeAll(async () => {
  walkthrough = await walkThrough()
  pki = await makeSmallPki(now)
})
afterAll(() => walkthrough.remove())

const input = (certificate: Uint8Array, changes: Partial<CheckInput> = {}): CheckInput => ({
  certificate,
  chain: [],
  complete: true,
  keySpki: certificateKey(certificate),
  requested: null,
  keyCameAlong: false,
  namedIssuers: [],
  now,
  ...changes,
})

const outcomes = (checks: Check[]) => Object.fromEntries(checks.map(({ code, outcome }) => [code, outcome]))
const check = (code: CheckCode, checked: CheckInput) => checkIssued(checked).find((one) => one.code === code)

/** Issued by the walkthrough's intermediate, with extensions of our choice. */
async function issued(extensions: string, key: string[] = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']) {
  const { openssl, write } = walkthrough
  await write('x.ext', extensions)
  await openssl('genpkey', ...key, '-out', 'x.key')
  await openssl('req', '-new', '-key', 'x.key', '-subj', '/CN=X', '-out', 'x.csr')
  const issuer = ['-CA', 'intermediate.pem', '-CAkey', 'intermediate.key', '-passin', 'pass:walkthrough-password']
  await openssl('x509', '-req', '-in', 'x.csr', ...issuer, '-CAcreateserial', '-extfile', 'x.ext', '-out', 'x.pem')
  return derOf(await walkthrough.read('x.pem'))
}

const verifiesAsClient = (file: string) =>
  walkthrough.openssl('verify', '-purpose', 'sslclient', '-CAfile', 'ca-chain.pem', file).then(
    () => true,
    () => false,
  )

describe('a certificate as it should be', () => {
  it('passes everything', () => {
    const { client, intermediate, root } = pki
    const chain = [intermediate.certificate, root.certificate]
    const checks = checkIssued(input(client.certificate, { chain, requested: named('John Doe') }))
    expect(outcomes(checks)).toEqual({
      'matches-key': 'pass',
      'not-authority': 'pass',
      validity: 'pass',
      'client-use': 'pass',
      'signature-accepted': 'pass',
      'chain-complete': 'pass',
      'subject-as-requested': 'pass',
    })
    for (const one of checks) expect(Check.parse(one)).toEqual(one)
  })
})

describe('the walkthrough’s own leaf', () => {
  it('has notes, but nothing fails', () => {
    const chain = [derOf(walkthrough.intermediatePem), derOf(walkthrough.rootPem)]
    const found = outcomes(checkIssued(input(derOf(walkthrough.clientPem), { chain })))
    expect(found).toMatchObject({ 'client-use': 'note', 'version-3': 'note', 'signature-accepted': 'pass' })
    expect(Object.values(found)).not.toContain('fail')
    expect(Object.values(found)).not.toContain('warning')
  })
})

describe('what is wrong is told', () => {
  it('another key', async () => {
    const { spki } = await generateKey('p-256')
    expect(check('matches-key', input(pki.client.certificate, { keySpki: spki }))).toMatchObject({ outcome: 'fail' })
    expect(check('matches-key', input(pki.client.certificate, { keySpki: null }))).toMatchObject({ outcome: 'fail' })
  })

  it('a CA', () => {
    expect(check('not-authority', input(pki.root.certificate))).toEqual({
      code: 'not-authority',
      outcome: 'fail',
      evidence: 'CA:TRUE',
    })
  })

  it('not valid yet, no longer valid', () => {
    const at = (days: number) => input(pki.client.certificate, { now: new Date(now.getTime() + days * 86_400_000) })
    expect(check('validity', at(0))).toMatchObject({ outcome: 'pass' })
    expect(check('validity', at(-1))).toMatchObject({ outcome: 'fail' })
    expect(check('validity', at(21))).toMatchObject({ outcome: 'fail' })
  })

  it('but not in the last second, which RFC 5280 §4.1.2.5 includes', () => {
    const end = readCertificate(pki.client.certificate).notAfter
    expect(check('validity', input(pki.client.certificate, { now: end }))).toMatchObject({ outcome: 'pass' })
    const after = new Date(end.getTime() + 1000)
    expect(check('validity', input(pki.client.certificate, { now: after }))).toMatchObject({ outcome: 'fail' })
  })

  it('a chain with a gap is a note that names what is missing', () => {
    const gap = input(pki.client.certificate, { complete: false })
    expect(check('chain-complete', gap)).toMatchObject({
      outcome: 'note',
      evidence: expect.stringContaining('Small Intermediate'),
    })
  })

  it('a name that was not asked for', () => {
    const other = input(pki.client.certificate, { requested: named('Jane Doe') })
    expect(check('subject-as-requested', other)).toMatchObject({ outcome: 'warning', evidence: 'John Doe' })
  })

  it('a key that came inside the file', () => {
    expect(check('maker-had-key', input(pki.client.certificate))).toBeUndefined()
    expect(check('maker-had-key', input(pki.client.certificate, { keyCameAlong: true }))?.outcome).toBe('warning')
  })
})

describe('uses, judged as OpenSSL judges them', () => {
  it.each<[string, string, Check['outcome'], boolean]>([
    ['clientAuth', 'extendedKeyUsage=clientAuth', 'pass', true],
    ['both uses', 'extendedKeyUsage=serverAuth,clientAuth', 'pass', true],
    ['no use named', 'basicConstraints=CA:FALSE', 'note', true],
    ['serverAuth only', 'extendedKeyUsage=serverAuth', 'fail', false],
    ['anyExtendedKeyUsage', 'extendedKeyUsage=anyExtendedKeyUsage', 'fail', false],
    ['a key usage without signatures', 'keyUsage=keyEncipherment\nextendedKeyUsage=clientAuth', 'fail', false],
  ])('%s', async (_, extensions, outcome, accepted) => {
    const certificate = await issued(extensions)
    expect(check('client-use', input(certificate))?.outcome).toBe(outcome)
    expect(allowsClientUse(certificate)).toBe(accepted)
    expect(await verifiesAsClient('x.pem')).toBe(accepted)
  })
})

describe('signatures that Access refuses', () => {
  const selfSigned = async (key: string[], signing: string[] = []) => {
    await walkthrough.openssl('genpkey', ...key, '-out', 'odd.key')
    const options = ['-subj', '/CN=Odd', '-out', 'odd.pem', ...signing]
    await walkthrough.openssl('req', '-x509', '-new', '-key', 'odd.key', ...options)
    return derOf(await walkthrough.read('odd.pem'))
  }
  const pss = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32']

  it('Ed25519, RSA-PSS, MD5', async () => {
    const refused = { outcome: 'fail' }
    const edwards = await selfSigned(['-algorithm', 'ED25519'])
    expect(check('signature-accepted', input(edwards))).toMatchObject({ ...refused, evidence: 'Ed25519' })
    const padded = await selfSigned(['-algorithm', 'RSA'], pss)
    expect(check('signature-accepted', input(padded))).toMatchObject({ ...refused, evidence: 'RSA-PSS' })
    const old = await selfSigned(['-algorithm', 'RSA'], ['-md5'])
    expect(check('signature-accepted', input(old))).toMatchObject({ ...refused, evidence: 'MD5WithRSA' })
  })

  it('anywhere on the way up', async () => {
    const { openssl, write, read } = walkthrough
    const root = await selfSigned(['-algorithm', 'ED25519'])
    const sign = async (name: string, extensions: string, ...issuer: string[]) => {
      await write('x.ext', extensions)
      await openssl(
        'req',
        '-new',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-subj',
        `/CN=${name}`,
        '-out',
        'x.csr',
      )
      await openssl(
        'x509',
        '-req',
        '-in',
        'x.csr',
        ...issuer,
        '-CAcreateserial',
        '-extfile',
        'x.ext',
        '-out',
        `${name}.pem`,
      )
      return derOf(await read(`${name}.pem`))
    }
    const middle = await sign('middle', 'basicConstraints=CA:TRUE', '-CA', 'odd.pem', '-CAkey', 'odd.key')
    const leaf = await sign('leaf', 'basicConstraints=CA:FALSE', '-CA', 'middle.pem', '-CAkey', 'middle.key')
    const found = check('signature-accepted', input(leaf, { chain: [middle, root] }))
    expect(found).toMatchObject({ outcome: 'fail', evidence: 'Ed25519' })
  })

  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('but not %s with RSA', async (hash) => {
    const certificate = await selfSigned(['-algorithm', 'RSA'], [`-${hash}`])
    expect(check('signature-accepted', input(certificate))).toMatchObject({
      outcome: 'pass',
      evidence: `${hash.toUpperCase()}WithRSA`,
    })
  })

  it('an Ed25519 key in a well-signed certificate', async () => {
    const certificate = await issued('extendedKeyUsage=clientAuth', ['-algorithm', 'ED25519'])
    expect(check('signature-accepted', input(certificate))).toMatchObject({ outcome: 'fail', evidence: 'Ed25519 key' })
  })
})

describe('a CA that somebody named', () => {
  const found = (changes: Partial<CheckInput>, der = pki.client.certificate) =>
    checkIssued(input(der, changes)).filter(({ code }) => code === 'named-issuer' || code === 'issuer-not-compared')

  it('is compared with every issuer that really signed on the way up', () => {
    const [intermediate, root] = [pki.intermediate.certificate, pki.root.certificate]
    for (const named of [intermediate, root])
      expect(
        found({ chain: [intermediate, root], namedIssuers: ['0'.repeat(64), certificateSha256(named)] }),
      ).toMatchObject([{ code: 'named-issuer', outcome: 'pass' }])
    expect(found({ chain: [intermediate, root] })).toEqual([])
  })

  it('and is another one than that which issued it', () => {
    const chain = [pki.intermediate.certificate, pki.root.certificate]
    const [doubt] = found({ chain, namedIssuers: ['0'.repeat(64)] })
    expect(doubt).toMatchObject({
      code: 'named-issuer',
      outcome: 'warning',
      evidence: 'Its issuer is “Small Intermediate”.',
    })
  })

  it('proves nothing by lying in the file beside a certificate that it did not sign', () => {
    const stranger = derOf(walkthrough.rootPem)
    const namedIssuers = [certificateSha256(stranger)]
    for (const chain of [[stranger], [pki.intermediate.certificate, stranger]])
      expect(found({ chain, namedIssuers })).not.toMatchObject([{ outcome: 'pass' }])
    expect(found({ chain: [stranger], namedIssuers })).toMatchObject([{ code: 'issuer-not-compared' }])
  })

  it('may be above what is here, which is said and is no mismatch', () => {
    const namedIssuers = [certificateSha256(pki.root.certificate)]
    const alone = { chain: [], complete: false, namedIssuers }
    expect(found(alone)).toMatchObject([{ code: 'issuer-not-compared', outcome: 'note' }])
    expect(found({ ...alone, chain: [pki.intermediate.certificate] })).toEqual([
      {
        code: 'issuer-not-compared',
        outcome: 'warning',
        evidence: 'The certificate of “Small Root” is missing.',
      },
    ])
  })

  it('did not issue what signed itself', async () => {
    const der = pki.root.certificate
    expect(found({ namedIssuers: ['0'.repeat(64)] }, der)).toMatchObject([{ code: 'named-issuer', outcome: 'warning' }])
  })
})

describe('the words', () => {
  it.each(CheckCode.options)('of %s exist for good and bad', (code) => {
    const said = (['pass', 'note', 'warning', 'fail'] as const).map((outcome) =>
      checkWords({ code, outcome, evidence: '' }),
    )
    for (const { title, explanation } of said) {
      expect(title).not.toBe('')
      expect(explanation).toMatch(/\.$/u)
      expect(`${title} ${explanation}`).not.toMatch(/\b(identity|authority|store|probe)\b/iu)
    }
    expect(said[0]).not.toEqual(said[3])
  })
})
