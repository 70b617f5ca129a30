import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#electron/platform/clock'
import { presentAnswer } from '#electron/probe/answer'
import { createDirectProbe } from '#electron/probe/direct'
import type { IssuerKeys, TokenKeys } from '#electron/probe/probe'
import { systemRoots } from '#electron/probe/roots'
import { createTokenKeys } from '#electron/probe/token-keys'
import { Attempt } from '#shared/model/attempt'
import { type HttpsSite, startHttpsSite } from '../../../support/https-site'
import { probeInput, testResolver } from '../../../support/probe'
import { rounds } from '../../../support/rounds'

/** A site that lets everybody in with whatever cookie. What it answered is what the report says. */
const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const token = (claims: unknown, header: unknown = { alg: 'RS256', kid: 'a' }) => `${part(header)}.${part(claims)}.c2ln`

const noTokens: [string, string][] = [
  ['no dots', 'nothing'],
  ['nothing at all', ''],
  ['only dots', '..'],
  ['too many dots', 'a.b.c.d.e'],
  ['no base64', '!!.??.**'],
  ['no JSON', token('not json')],
  ['JSON that is no object', token('[1]')],
  ['JSON null', token('null')],
  ['a header that is no JSON', token({ iss: 'x' }, 'no')],
  ['no UTF-8', `${part({ alg: 'RS256' })}.${Buffer.from([0xff, 0xfe, 0x80]).toString('base64url')}.c2ln`],
]

const issuers: [string, unknown][] = [
  ['missing', undefined],
  ['a number', 7],
  ['a list', ['https://acme.cloudflareaccess.com']],
  ['an object', { url: 'https://acme.cloudflareaccess.com' }],
  ['null', null],
  ['empty', ''],
  ['very long', `https://${'a'.repeat(20_000)}.cloudflareaccess.com`],
  ['no address', 'https://[::1'],
  ['no address, but of the right form', 'https://xn--.cloudflareaccess.com'],
  ['about:blank', 'about:blank'],
  ['another site', 'https://evil.example'],
  ['control characters', 'https://\u0000\u001b[2J\u202e.cloudflareaccess.com'],
]

const asksNobody = createTokenKeys({
  practice: async () => null,
  askServer: () => Promise.reject(new Error('Nobody is to be asked.')),
  clock: systemClock,
})

let site: HttpsSite
let cookie: string
beforeAll(async () => {
  site = await startHttpsSite((_request, response) =>
    response.writeHead(200, { 'set-cookie': `CF_Authorization=${cookie}; Path=/; Secure` }).end('in'),
  )
})

async function test(value: string) {
  cookie = value
  const probe = createDirectProbe({
    resolver: testResolver,
    clock: systemClock,
    tokenKeys: asksNobody,
    roots: systemRoots,
  })
  const { port, hostname, rootPem } = site
  return (await probe.test(probeInput(port, { hostname, extraRoots: [rootPem] }))).without.attempt
}

describe('the answer to a cookie with', () => {
  it.each(noTokens)('%s is a 200 without a token', async (_name, value) => {
    expect(await test(value)).toMatchObject({ outcome: { kind: 'answered', status: 200 }, access: { token: null } })
  })

  it.each(issuers)('an issuer that is %s is a 200 with a token that nobody vouches for', async (_name, iss) => {
    const attempt = await test(token({ iss, common_name: 'Ada' }))
    expect(attempt.outcome).toMatchObject({ kind: 'answered', status: 200 })
    expect(attempt.access.token).toMatchObject({ signature: 'unchecked', commonName: 'Ada' })
    expect(JSON.stringify(attempt.access).length).toBeLessThan(5_000)
    expect(attempt.access.token?.signatureNote).toMatch(/does not name|is not the address of a team/u)
  })

  it.each([[{ alg: 'none' }], [{ alg: 7 }], [{}], [{ alg: 'RS256', crit: ['x'] }], [{ alg: 'RS256', b64: false }]])(
    'the header %j is a 200',
    async (header) => {
      expect((await test(token({ iss: 'https://acme.cloudflareaccess.com' }, header))).outcome).toMatchObject({
        status: 200,
      })
    },
  )
})

const shown = async (lines: string[], found: IssuerKeys) => {
  const keys: TokenKeys = { keysFor: async () => found }
  const headers = lines.map((value) => ({ name: 'set-cookie', value }))
  const raw = {
    status: 200,
    statusText: 'OK',
    httpVersion: '1.1',
    headers,
    body: '',
    bodyTruncated: false,
    bodyEnd: null,
  }
  const timings = { dns: null, tcp: null, tls: null, firstByte: null, total: 1 }
  const { attempt } = await presentAnswer({
    raw,
    timings,
    tls: null,
    proxy: null,
    askedForHttp1: false,
    answeredAt: new Date(),
    keys,
  })
  expect(attempt.access.token?.signature).not.toBe('valid')
  return Attempt.parse(attempt)
}

it('no token and no keys keep an answer from being shown', async () => {
  const someKeys = fc
    .array(fc.dictionary(fc.constantFrom('kid', 'n', 'e', 'alg', 'use', 'x5c'), fc.jsonValue()), { maxLength: 3 })
    .map((keys): IssuerKeys => ({ kind: 'keys', keys: keys.map((key) => ({ kty: 'RSA', ...key })) }))
  const found = fc.oneof(fc.constantFrom<IssuerKeys>({ kind: 'unknown' }, { kind: 'unreachable' }), someKeys)
  const likely = fc.constantFrom('https://acme.cloudflareaccess.com', 'https://xn--a.cloudflareaccess.com', 1e300, 1e12)
  const claims = fc.dictionary(
    fc.constantFrom('iss', 'aud', 'exp', 'iat', 'common_name', 'type'),
    fc.oneof(fc.jsonValue(), likely),
  )
  const headers = fc.dictionary(fc.constantFrom('alg', 'kid', 'crit'), fc.oneof(fc.jsonValue(), fc.constant('RS256')))
  const values = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(claims, headers).map(([payload, header]) => token(payload, header)),
  )
  await fc.assert(
    fc.asyncProperty(values, found, async (value, answer) => {
      expect((await shown([`CF_Authorization=${value}`], answer)).outcome).toMatchObject({ status: 200 })
    }),
    { numRuns: rounds(150) },
  )
})

it('no cookie does either, whatever its attributes say', async () => {
  const attribute = fc.tuple(
    fc.constantFrom('Expires', 'Max-Age', 'Domain', 'Path', 'SameSite', 'Secure', ''),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Fri, 31 Dec 99999 23:59:59 GMT', '-1', '1e999', 'NaN', '31 Dec -0001', '1e400'),
    ),
  )
  const line = fc
    .tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.array(attribute, { maxLength: 4 }))
    .map(([name, value, attributes]) =>
      [`${name}=${value}`, ...attributes.map(([key, text]) => `${key}=${text}`)].join('; '),
    )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 4 }), async (lines) => {
      expect((await shown(lines, { kind: 'unknown' })).outcome).toMatchObject({ status: 200 })
    }),
    { numRuns: rounds(200) },
  )
  const far = await shown(['a=b; Expires=Fri, 31 Dec 99999 23:59:59 GMT'], { kind: 'unknown' })
  expect(far.outcome).toMatchObject({ cookies: [{ name: 'a', expires: null }] })
})
