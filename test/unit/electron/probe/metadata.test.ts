import { expect, it } from 'vitest'
import { labHostname } from '#electron/lab/pki'
import { createTokenSigner } from '#electron/lab/token'
import { systemClock } from '#electron/platform/clock'
import type { Visit } from '#electron/probe/browser'
import { createBrowserProbe } from '#electron/probe/browser-probe'
import { withApplicationAnswer } from '#electron/probe/metadata'
import type { TokenKeys } from '#electron/probe/probe'
import { systemRoots } from '#electron/probe/roots'
import { startHttpsSite } from '../../../support/https-site'
import { practiceSite } from '../../../support/practice-site'
import { directProbe, probeInput, testResolver } from '../../../support/probe'

const site = practiceSite()
const noKeys: TokenKeys = { keysFor: async () => ({ kind: 'unreachable' }) }
const asking = (tokenKeys: TokenKeys) =>
  withApplicationAnswer(directProbe(), { resolver: testResolver, clock: systemClock, tokenKeys, roots: systemRoots })

interface OpenSite {
  /** What it sends as `cf-access-metadata`; `cut` for a connection that ends at the question. */
  metadata: string | 'cut'
}

/** Lets everybody in, and keeps what it was asked. */
async function openSite({ metadata }: OpenSite) {
  const questions: string[] = []
  const { port, rootPem, certificate } = await startHttpsSite((request, response) => {
    const isQuestion = request.headers['cf-access-metadata-request'] === 'true'
    questions.push(`${request.method}${isQuestion ? ' metadata' : ''} ${request.url}`)
    if (!isQuestion) response.end('in')
    else if (metadata === 'cut') request.socket.destroy()
    else response.writeHead(302, { location: 'https://a.example/', 'cf-access-metadata': metadata }).end()
  })
  const input = probeInput(port, { hostname: labHostname, path: '/a?b', extraRoots: [rootPem] })
  return { input, questions, certificate }
}

const team = 'acme.cloudflareaccess.com'
const signer = createTokenSigner('a'.repeat(64), 'b'.repeat(64))
const match = async (hostname: string) => (await signer).signMatch({ hostname, authDomain: team, now: new Date() })
const teamKeys: TokenKeys = {
  keysFor: async (issuer) =>
    issuer === `https://${team}` ? { kind: 'keys', keys: (await signer).jwks.keys } : { kind: 'unknown' },
}

it('finds no application where the rules are bypassed, and asks nothing where the door is shut', async () => {
  const { lab } = site()
  const input = probeInput(lab.port, { hostname: lab.hostname, extraRoots: [lab.serverRootPem] })
  const keys: TokenKeys = { keysFor: async () => ({ kind: 'keys', keys: lab.jwks().keys }) }
  expect((await asking(keys).test(input)).without.attempt.access.application).toBeNull()
  lab.setPolicy({ action: 'bypass', rule: { kind: 'valid-certificate' } })
  expect((await asking(keys).test(input)).without.attempt.access.application).toBe('none')
})

it('believes a token that its team signed for this name, after one question more', async () => {
  const { input, questions } = await openSite({ metadata: await match(labHostname) })
  const { without } = await asking(teamKeys).test(input)
  expect(without.attempt).toMatchObject({ outcome: { status: 200 }, access: { seen: true, application: 'proven' } })
  expect(questions).toEqual(['GET /a?b', 'HEAD metadata /a?b'])
})

it('takes any other token for a mere claim', async () => {
  const forName = async (hostname: string, keys: TokenKeys) => {
    const { input } = await openSite({ metadata: await match(hostname) })
    return (await asking(keys).test(input)).without.attempt.access.application
  }
  expect(await forName(labHostname, noKeys)).toBe('claimed')
  expect(await forName('other.example', teamKeys)).toBe('claimed')
  const { input } = await openSite({ metadata: 'no token' })
  expect((await asking(teamKeys).test(input)).without.attempt.access.application).toBe('claimed')
})

it('leaves the test as it was when the question fails', async () => {
  const { input } = await openSite({ metadata: 'cut' })
  const { without } = await asking(teamKeys).test(input)
  expect(without.attempt).toMatchObject({ outcome: { kind: 'answered', status: 200 }, access: { application: null } })
})

/** A browser that was let in by a server, and trusts it by a root that nothing else here knows. */
function browserAt(server: Uint8Array, tokenKeys: TokenKeys) {
  const visit = async (): Promise<Visit> => ({
    answer: { status: 200, statusText: 'OK', headers: [], body: 'in', bodyTruncated: false },
    error: null,
    server: { chain: [server], verdict: 'OK', pinned: false, isPublicRoot: false },
    tlsVersion: 'TLSv1.3',
    cipher: null,
    alpn: 'http/1.1',
    remoteAddress: null,
    choice: { asked: false, offered: false, candidates: 0 },
    timings: { dns: null, tcp: null, tls: null, firstByte: null, total: 1 },
  })
  const dependencies = { resolver: testResolver, clock: systemClock, tokenKeys, roots: systemRoots }
  return withApplicationAnswer(createBrowserProbe({ ...dependencies, visitor: { visit } }), dependencies)
}

it('asks the server that a browser trusts by a root of its own, and no other one', async () => {
  const { input, questions, certificate } = await openSite({ metadata: await match(labHostname) })
  const alone = { ...input, extraRoots: [] }
  const { without } = await browserAt(certificate, teamKeys).test(alone)
  expect(without.attempt.access.application).toBe('proven')
  expect(questions.splice(0)).toEqual(['HEAD metadata /a?b'])
  const other = await openSite({ metadata: '' })
  const elsewhere = await browserAt(other.certificate, teamKeys).test(alone)
  expect(elsewhere.without.attempt.access.application).toBeNull()
  expect(questions).toEqual([])
})

it('draws no conclusion from a server that nobody vouches for', async () => {
  const { input, questions } = await openSite({ metadata: await match(labHostname) })
  const { without } = await asking(teamKeys).test({ ...input, extraRoots: [] })
  expect(without.attempt.access.application).toBeNull()
  expect(questions).toEqual(['GET /a?b'])
})
