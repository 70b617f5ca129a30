import fc from 'fast-check'
import { expect, it } from 'vitest'
import { factsOf } from '#shared/logic/test/facts'
import type { TestInput } from '#shared/logic/test/input'
import { hypotheses, judgeTest } from '#shared/logic/test/judge'
import {
  AlertName,
  type Attempt,
  FailureReason,
  Phase,
  RootOrigin,
  SignatureCheck,
  TrustReason,
} from '#shared/model/attempt'
import type { CertificateView } from '#shared/model/certificate'
import { answered, failed } from '../../../../support/attempts'
import { certificateView, tested } from '../../../../support/judged'
import { rounds } from '../../../../support/rounds'

const yesNo = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const)
const tls = fc.record({
  trust: fc.constantFrom(
    'trusted' as const,
    'trusted' as const,
    'pinned' as const,
    'untrusted' as const,
    'name-mismatch' as const,
    'unknown' as const,
  ),
  trustReason: fc.option(fc.constantFrom(...TrustReason.options)),
  rootOrigin: fc.option(fc.constantFrom(...RootOrigin.options)),
  asked: yesNo,
  sent: yesNo,
  renegotiated: fc.boolean(),
  alert: fc.option(fc.constantFrom(...AlertName.options)),
  acceptableIssuers: fc.subarray(['CN=Acme CA, O=Acme', 'CN=Somebody else']),
  signatureSchemes: fc.subarray(['rsa_pss_rsae_sha256', 'ecdsa_secp256r1_sha256', 'ed25519']),
})
const token = fc
  .record({
    algorithm: fc.constant('RS256'),
    keyId: fc.constant('one'),
    type: fc.constant('app'),
    commonName: fc.constantFrom(null, 'Ada', 'Mallory'),
    audience: fc.subarray(['ours', 'another']),
    issuer: fc.constantFrom(null, 'https://acme.cloudflareaccess.com', 'https://evil.test'),
    issuedAt: fc.constant(null),
    notBefore: fc.constantFrom(null, '2027-01-01T00:00:00.000Z'),
    expiresAt: fc.constantFrom(null, '2025-01-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'),
    signatureCheck: fc.option(fc.constantFrom(...SignatureCheck.options)),
    signatureNote: fc.constant(null),
  })
  .map((claims) => ({
    ...claims,
    signature:
      claims.signatureCheck === 'valid'
        ? ('valid' as const)
        : claims.signatureCheck === 'wrong'
          ? ('invalid' as const)
          : ('unchecked' as const),
  }))
const location = fc.constantFrom(
  'https://acme.cloudflareaccess.com/cdn-cgi/access/login/a.example',
  'https://accounts.google.com/o/oauth2/auth?client_id=1&response_type=code',
  '/login',
  '/dashboard',
  'https://www.a.example/',
  'http://a.example/',
  '/',
)
const answer = fc
  .record({
    status: fc.constantFrom(200, 204, 302, 400, 401, 403, 404, 421, 429, 500, 511, 522, 530),
    tls,
    access: fc.record({
      seen: fc.boolean(),
      mtlsStatus: fc.constantFrom(
        null,
        null,
        'NONE',
        'SUCCESS',
        'FAILED:certificate has expired',
        'FAILED:unsupported certificate purpose',
        'FAILED:self signed certificate',
        'FAILED:certificate is not yet valid',
        'FAILED:x',
      ),
      audience: fc.constantFrom(null, null, 'ours'),
      teamDomain: fc.constantFrom(null, 'acme.cloudflareaccess.com'),
      loginRedirect: fc.boolean(),
      edgeErrorCode: fc.constantFrom(null, null, '1010', '1033'),
      application: fc.constantFrom(null, 'none' as const, 'proven' as const, 'claimed' as const),
      token: fc.option(token),
    }),
    cookie: fc.boolean(),
    body: fc.constantFrom(
      '',
      'No required SSL certificate was sent',
      'The SSL certificate error',
      'Sorry, you have been blocked',
    ),
    headers: fc.record(
      {
        server: fc.constantFrom('cloudflare', 'nginx'),
        location,
        date: fc.constantFrom('Mon, 01 Jun 2026 00:00:00 GMT', 'Mon, 01 Jun 2026 09:00:00 GMT'),
        'cf-mitigated': fc.constant('challenge'),
      },
      { requiredKeys: [] },
    ),
  })
  // Whoever sets the cookie of Access, or shows its page, has been seen as Access.
  .map(({ status, headers, access, ...rest }) =>
    answered(status, {
      ...rest,
      access: { ...access, seen: access.seen || rest.cookie || access.mtlsStatus !== null || access.audience !== null },
      headers: Object.fromEntries(Object.entries(headers)),
    }),
  )
const failure = fc
  .record({
    reason: fc.constantFrom(...FailureReason.options),
    tls: fc.option(tls),
    phase: fc.constantFrom(...Phase.options),
    firstBytes: fc.constantFrom(null, 'SSH-2.0', 'HTTP/1.1 400'),
  })
  .map(({ reason, tls: seen, ...more }) => failed(reason, seen, more))
const attempt: fc.Arbitrary<Attempt> = fc.oneof({ weight: 3, arbitrary: answer }, { weight: 1, arbitrary: failure })

const identity = fc
  .record({
    notBefore: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'),
    notAfter: fc.constantFrom('2027-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
    publicKey: fc.constantFrom('RSA 2048', 'RSA 1024', 'EC P-256', 'Ed25519'),
    selfSigned: fc.boolean(),
    extendedKeyUsage: fc.subarray(['Client authentication', 'Server authentication']),
    issuers: fc.constantFrom<CertificateView[]>(
      [],
      [certificateView('Acme CA')],
      [certificateView('Acme CA', { notAfter: '2026-01-02T00:00:00.000Z' })],
    ),
  })
  .map(({ issuers, ...changes }) => tested(changes, { issuers }))

const input: fc.Arbitrary<TestInput> = fc
  .record({
    without: attempt,
    with: fc.option(attempt),
    identity,
    unusedProxy: fc.option(fc.constant({ address: 'socks5://proxy:1080', from: 'system' as const })),
    unreadRoots: fc.constantFrom(null, 'unsupported' as const, 'failed' as const, 'late' as const),
    mode: fc.constantFrom('direct' as const, 'browser' as const),
    missing: fc.constantFrom('none-chosen' as const, 'no-connection' as const, 'server-untrusted' as const),
  })
  .map(({ missing, ...rest }) => ({
    ...rest,
    host: { hostname: 'a.example', port: 443, path: '/', practice: false },
    notTried: rest.with === null ? missing : null,
    identity: rest.with === null && missing === 'none-chosen' ? null : rest.identity,
    now: new Date('2026-06-01'),
    account: null,
  }))

const holds = (check: (given: TestInput) => void) => fc.assert(fc.property(input, check), { numRuns: rounds(2000) })
const isPage = (seen: Attempt | null) =>
  seen?.outcome.kind === 'answered' && seen.outcome.status >= 200 && seen.outcome.status < 300

it('says “works” only where every fact for it was seen', () => {
  holds((given) => {
    const { kind, tone } = judgeTest(given).verdict
    if (!['let-in', 'let-in-without-cookie', 'let-in-only-tried', 'login-next', 'protected'].includes(kind)) {
      expect(tone).not.toBe('good')
      return
    }
    const { without, with: presented } = given
    for (const { tls: seen } of [without, ...(presented === null ? [] : [presented])])
      expect(seen === null || (seen.trust !== 'untrusted' && seen.trust !== 'name-mismatch')).toBe(true)
    if (kind === 'protected') {
      expect(presented).toBeNull()
      expect(isPage(without)).toBe(false)
      return
    }
    expect(presented?.tls?.sent).not.toBe('no')
    // Without a choice, the browser's engine sends nothing.
    if (given.mode === 'browser') expect(presented?.tls?.sent).toBe('yes')
    if (kind !== 'login-next') expect(presented?.outcome.kind).toBe('answered')
    expect(isPage(without)).toBe(false)
    if (kind !== 'let-in') return
    const { token: seen } = presented?.access ?? { token: null }
    expect(seen).toMatchObject({ signature: 'valid', issuer: 'https://acme.cloudflareaccess.com' })
    expect(seen?.commonName).not.toBe('Mallory')
    expect(seen?.expiresAt).not.toBe('2025-01-01T00:00:00.000Z')
    expect(seen?.notBefore).toBeNull()
  })
})

it('says “open to everyone” only where a page came without a certificate', () => {
  holds((given) => {
    if (judgeTest(given).verdict.kind !== 'open-to-everyone') return
    const openly = isPage(given.without) || (isPage(given.with) && given.with?.tls?.sent === 'no')
    expect(openly).toBe(true)
  })
})

it('names one cause at most, and only one that can explain the verdict', () => {
  holds((given) => {
    const { verdict, findings } = judgeTest(given)
    const sure = findings.filter(({ certainty }) => certainty !== 'possible')
    expect(sure.length).toBeLessThanOrEqual(1)
    if (sure[0] !== undefined) expect(findings[0]).toBe(sure[0])
    for (const { code } of findings)
      expect(hypotheses.find((hypothesis) => hypothesis.code === code)?.explains).toContain(verdict.kind)
    expect(new Set(findings.map(({ code }) => code)).size).toBe(findings.length)
  })
})

it('shows nothing that a fact excludes', () => {
  holds((given) => {
    const facts = factsOf(given)
    for (const { code } of judgeTest(given).findings)
      expect(hypotheses.find((hypothesis) => hypothesis.code === code)?.support(facts)).not.toBeNull()
  })
})

it('speaks of Access and Cloudflare only where they were seen', () => {
  holds((given) => {
    const { isAccess, isCloudflare } = factsOf(given)
    const { verdict, findings } = judgeTest(given)
    const said = [
      verdict.sentence,
      verdict.explanation,
      ...findings.flatMap(({ title, remedy }) => [title, remedy]),
    ].join(' ')
    if (!isAccess && !isCloudflare && given.with?.access.token === null)
      expect(
        said.replace('something other than Cloudflare Access guards it', '').replaceAll(/Access cookie/gu, ''),
      ).not.toMatch(/Cloudflare|Access|Zero Trust/u)
  })
})

it('says that there is no reason only where no alert named one', () => {
  holds((given) => {
    const { verdict, findings } = judgeTest(given)
    const [first] = findings
    const alert = given.with?.tls?.alert ?? null
    if (verdict.kind !== 'certificate-rejected' || first === undefined || given.with?.outcome.kind !== 'failed') return
    if (first.evidence.some((line) => /It does not say why/u.test(line))) expect([null, 'unknown_ca']).toContain(alert)
    // Another alert than the one that was sent is never spoken of.
    for (const word of findings.flatMap(({ evidence }) => evidence.join(' ').match(/connection: “[a-z ]+”/gu) ?? []))
      expect(word).toBe(`connection: “${(alert ?? '').replaceAll('_', ' ')}”`)
  })
})

it('speaks of inspection only where the issuer is not a public one', () => {
  holds((given) => {
    const isNamed = judgeTest(given).findings.some(({ code }) => code === 'tls-inspected')
    const seen = [given.with?.tls, given.without.tls].filter((tls) => tls !== null && tls !== undefined)
    const isPublic = seen.every(({ rootOrigin, trust }) => trust === 'trusted' && rootOrigin === 'public')
    if (isNamed) expect(isPublic).toBe(false)
  })
})

it('blames a proxy that was not used only where there is one and no TLS came', () => {
  holds((given) => {
    const named = judgeTest(given).findings.find(({ code }) => code === 'proxy-not-used')
    if (named === undefined) return
    expect(given.unusedProxy).not.toBeNull()
    expect((given.with ?? given.without).outcome.kind).toBe('failed')
  })
})

it('says of our certificate what is so, and of the server what it says', () => {
  holds((given) => {
    const { identity, now } = given
    for (const { code, title } of judgeTest(given).findings) {
      if (identity === null || title.startsWith('The server says')) continue
      const { notBefore, notAfter, selfSigned, extendedKeyUsage } = identity.certificate
      if (code === 'certificate-expired') expect(Date.parse(notAfter)).toBeLessThanOrEqual(now.getTime())
      if (code === 'certificate-not-yet-valid') expect(Date.parse(notBefore)).toBeGreaterThan(now.getTime())
      if (code === 'certificate-self-signed') expect(selfSigned).toBe(true)
      if (code === 'certificate-without-client-use') expect(extendedKeyUsage).toEqual(['Server authentication'])
    }
  })
})
