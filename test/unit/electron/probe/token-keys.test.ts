import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AskServer, askServer } from '#electron/platform/ask-server'
import { createTokenKeys } from '#electron/probe/token-keys'
import { type HttpsSite, startHttpsSite } from '../../../support/https-site'
import { rounds } from '../../../support/rounds'

const team = 'https://acme.cloudflareaccess.com'
const practiceIssuer = 'https://practice.latchkey.localhost:8443'
const practiceKey = { kty: 'RSA', kid: 'practice' }
const teamKey = { kty: 'RSA', kid: 'team' }

let now: Date
let asked: string[]
beforeEach(() => {
  now = new Date('2026-01-01T00:00:00Z')
  asked = []
})

/** `reach`: how the network answers. Every address that is asked for is kept. */
function keysOver(reach: AskServer) {
  return createTokenKeys({
    practice: async () => ({ issuer: practiceIssuer, jwks: { keys: [practiceKey] } }),
    askServer: (question) => {
      asked.push(question.url.href)
      return reach(question)
    },
    clock: { now: () => now },
  })
}

const nobody: AskServer = () => Promise.reject(new Error('Nobody is there.'))
const givesKeys: AskServer = async () => ({
  status: 200,
  contentType: 'application/json',
  retryAfter: '',
  bytes: Buffer.from(JSON.stringify({ keys: [teamKey], public_cert: null })),
})

describe('who is asked for keys', () => {
  it.each([
    [team],
    ['https://a.cloudflareaccess.com'],
    [`https://${'a'.repeat(63)}.cloudflareaccess.com`],
    ['https://4cme-2.cloudflareaccess.com'],
    ['https://acme.fed.cloudflareaccess.com'],
  ])('%s, and only at one path', async (issuer) => {
    expect(await keysOver(givesKeys).keysFor(issuer)).toEqual({ kind: 'keys', keys: [teamKey] })
    expect(asked).toEqual([`${issuer}/cdn-cgi/access/certs`])
  })

  it('not the practice site, whose keys are known', async () => {
    expect(await keysOver(nobody).keysFor(practiceIssuer)).toEqual({ kind: 'keys', keys: [practiceKey] })
    expect(asked).toEqual([])
  })

  it.each([
    'http://acme.cloudflareaccess.com',
    'HTTPS://acme.cloudflareaccess.com',
    'https://Acme.cloudflareaccess.com',
    'https://acme.CloudflareAccess.com',
    'https://acme.cloudflareaccess.com/',
    'https://acme.cloudflareaccess.com/path',
    'https://acme.cloudflareaccess.com?query',
    'https://acme.cloudflareaccess.com#fragment',
    'https://acme.cloudflareaccess.com.',
    'https://acme.cloudflareaccess.com:443',
    'https://acme.cloudflareaccess.com:8443',
    'https://user@acme.cloudflareaccess.com',
    'https://user:pass@acme.cloudflareaccess.com',
    'https://acme.cloudflareaccess.com.evil.example',
    'https://acme.cloudflareaccess.com@evil.example',
    'https://evil.example/.cloudflareaccess.com',
    'https://evil.example#.cloudflareaccess.com',
    'https://evil.example?.cloudflareaccess.com',
    'https://evil.example\\.cloudflareaccess.com',
    'https://evilcloudflareaccess.com',
    'https://cloudflareaccess.com',
    'https://.cloudflareaccess.com',
    'https://a.b.cloudflareaccess.com',
    'https://a.fed.fed.cloudflareaccess.com',
    'https://-acme.cloudflareaccess.com',
    'https://acme-.cloudflareaccess.com',
    `https://${'a'.repeat(64)}.cloudflareaccess.com`,
    'https://acmé.cloudflareaccess.com',
    'https://аcme.cloudflareaccess.com',
    'https://acme.cloudflareaccess。com',
    'https://xn--.cloudflareaccess.com',
    'https://xn--0.cloudflareaccess.com',
    'https://ac%6De.cloudflareaccess.com',
    'https://acme.cloudflareaccess.com\n',
    ' https://acme.cloudflareaccess.com',
    'https://ac\tme.cloudflareaccess.com',
    'https:acme.cloudflareaccess.com',
    'https:/acme.cloudflareaccess.com',
    'acme.cloudflareaccess.com',
    '//acme.cloudflareaccess.com',
    `${practiceIssuer}0`,
    'about:blank',
    'javascript:alert(1)',
    'null',
    '',
  ])('not %j', async (issuer) => {
    expect(await keysOver(nobody).keysFor(issuer)).toEqual({ kind: 'unknown' })
    expect(asked).toEqual([])
  })

  it('nobody outside cloudflareaccess.com, whatever the issuer is', async () => {
    const piece = fc.constantFrom(
      'https://',
      'acme',
      '.',
      'cloudflareaccess.com',
      'fed',
      'xn--',
      '/',
      '@',
      ':',
      '#',
      '\\',
      'a.b',
    )
    const issuers = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(piece, { maxLength: 7 }).map((parts) => parts.join('')),
    )
    await fc.assert(
      fc.asyncProperty(issuers, async (issuer) => {
        asked = []
        await keysOver(nobody).keysFor(issuer)
        for (const href of asked)
          expect(href).toMatch(/^https:\/\/[a-z0-9-]+(\.fed)?\.cloudflareaccess\.com\/cdn-cgi\/access\/certs$/u)
      }),
      { numRuns: rounds(500) },
    )
  })
})

describe('what counts as keys', () => {
  let site: HttpsSite
  let answer: (response: ServerResponse) => void
  beforeAll(async () => {
    site = await startHttpsSite((_request, response) => answer(response))
  })
  const overSite = () =>
    keysOver((question) =>
      askServer({
        ...question,
        url: new URL(question.url.pathname, site.origin),
        ca: site.rootPem,
        connectTo: { address: '127.0.0.1', port: site.port },
        timeoutMs: 1_000,
      }),
    )
  const jwks = JSON.stringify({ keys: [teamKey] })
  const json = { 'content-type': 'application/json; charset=utf-8' }

  it('a key set of a proven server', async () => {
    answer = (response) => response.writeHead(200, json).end(jwks)
    expect(await overSite().keysFor(team)).toEqual({ kind: 'keys', keys: [teamKey] })
  })

  const refused: [string, (response: ServerResponse) => void][] = [
    ['a redirect', (response) => response.writeHead(302, { ...json, location: `${site.origin}/keys` }).end(jwks)],
    ['a refusal', (response) => response.writeHead(403, json).end(jwks)],
    ['a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(jwks)],
    ['no content type', (response) => response.writeHead(200).end(jwks)],
    ['no JSON', (response) => response.writeHead(200, json).end('{')],
    ['another object', (response) => response.writeHead(200, json).end('{"keys":{}}')],
    ['too much', (response) => response.writeHead(200, json).end(`${' '.repeat(256 * 1024)}${jwks}`)],
    [
      'half an answer',
      (response) => response.writeHead(200, { ...json, 'content-length': 9_999 }).write(jwks, () => response.destroy()),
    ],
    ['silence', () => undefined],
    [
      'a byte now and then',
      (response) => {
        const timer = setInterval(() => response.write(' '), 100)
        response.writeHead(200, json).on('close', () => clearInterval(timer))
      },
    ],
  ]
  it.each(refused)('not %s', async (_name, send) => {
    answer = send
    expect(await overSite().keysFor(team)).toEqual({ kind: 'unreachable' })
    expect(asked).toHaveLength(1)
  })
})

describe('how long keys are kept', () => {
  it('an hour, by whatever way the clock goes', async () => {
    const keys = keysOver(givesKeys)
    await Promise.all([keys.keysFor(team), keys.keysFor(team)])
    now = new Date('2026-01-01T00:59:00Z')
    await keys.keysFor(team)
    expect(asked).toHaveLength(1)
    now = new Date('2026-01-01T01:00:00Z')
    await keys.keysFor(team)
    expect(asked).toHaveLength(2)
    now = new Date('2025-12-31T00:00:00Z')
    await keys.keysFor(team)
    expect(asked).toHaveLength(3)
  })

  it('not at all when there were none', async () => {
    let reach = nobody
    const keys = keysOver((question) => reach(question))
    expect(await keys.keysFor(team)).toEqual({ kind: 'unreachable' })
    reach = givesKeys
    expect(await keys.keysFor(team)).toMatchObject({ kind: 'keys' })
  })
})
