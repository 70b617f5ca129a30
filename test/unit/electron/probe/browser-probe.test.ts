import { beforeAll, expect, it } from 'vitest'
import { systemClock } from '#electron/platform/clock'
import type { Visit, VisitServer } from '#electron/probe/browser'
import { createBrowserProbe } from '#electron/probe/browser-probe'
import { derOf } from '../../../support/certificates'
import { judged } from '../../../support/judged'
import { openWorkshop } from '../../../support/openssl'
import { probeInput } from '../../../support/probe'

const notRaised = { asked: false, offered: false, candidates: 0 }
const ours = { asked: true, offered: true, candidates: 1 }
const others = { asked: true, offered: false, candidates: 2 }

let leaf: Uint8Array
beforeAll(async () => {
  const workshop = await openWorkshop()
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'a.key']
  await workshop.openssl('req', '-x509', ...key, '-out', 'a.pem', '-subj', '/CN=a.example', '-days', '9')
  leaf = derOf(await workshop.read('a.pem'))
  await workshop.remove()
})

const page = { status: 200, statusText: 'OK', headers: [], body: '', bodyTruncated: false }
const trustedServer = { verdict: 'OK', pinned: false, isPublicRoot: true }

const visitOf = (changes: Partial<Visit>): Visit => ({
  answer: page,
  error: null,
  server: { chain: [leaf], ...trustedServer },
  tlsVersion: 'TLSv1.3',
  cipher: null,
  alpn: 'http/1.1',
  remoteAddress: null,
  choice: notRaised,
  timings: { dns: null, tcp: null, tls: null, firstByte: null, total: 1 },
  ...changes,
})

const probeSeeing = (bare: Visit, presenting: Visit) =>
  createBrowserProbe({
    clock: systemClock,
    tokenKeys: { keysFor: async () => ({ kind: 'unknown' }) },
    visitor: { visit: async ({ choose }) => (choose === null ? bare : presenting) },
  })

async function seenAt(server: Omit<VisitServer, 'chain'>) {
  const visit = visitOf({ server: { chain: [leaf], ...server } })
  return (await probeSeeing(visit, visit).test(probeInput(443))).without.attempt.tls
}

/** Chromium tells a public root from one that somebody put on this computer. */
it.each([
  [
    { verdict: 'OK', pinned: false, isPublicRoot: true },
    { trust: 'trusted', rootOrigin: 'public' },
  ],
  [
    { verdict: 'OK', pinned: false, isPublicRoot: false },
    { trust: 'trusted', rootOrigin: 'system' },
  ],
  [
    { verdict: 'ERR_CERT_AUTHORITY_INVALID', pinned: true, isPublicRoot: false },
    { trust: 'pinned', rootOrigin: null },
  ],
  [
    { verdict: 'ERR_CERT_DATE_INVALID', pinned: false, isPublicRoot: true },
    { trust: 'untrusted', rootOrigin: null },
  ],
])('says by whose root a server is trusted: %o', async (server, expected) => {
  expect(await seenAt(server)).toMatchObject(expected)
})

const status = (code: number, body = '') => ({ answer: { ...page, status: code, body } })
const failing = (error: string) => ({ answer: null, error })

/**
 * Chromium raises the choice of a certificate only where the server asks and something fits. Where it raised none, neither
 * "open to everyone" nor "never asked" nor "rejected" has been seen.
 */
it.each<[what: string, bare: Partial<Visit>, presenting: Partial<Visit>, verdict: string, sent: string]>([
  ['chosen, and let in', { ...status(403), choice: others }, { choice: ours }, 'let-in-without-cookie', 'yes'],
  ['let in without a choice, after a refusal', { ...status(403), choice: others }, {}, 'other-answer', 'unknown'],
  ['let in without a choice, after a demand', failing('ERR_BAD_SSL_CLIENT_AUTH_CERT'), {}, 'other-answer', 'unknown'],
  ['let in either way, without a choice', {}, {}, 'open-to-everyone', 'unknown'],
  [
    'let in although others were offered',
    { ...status(403), choice: others },
    { choice: others },
    'open-to-everyone',
    'no',
  ],
  ['refused without a choice', status(403), status(403), 'refused', 'unknown'],
  [
    'not found without a choice, after a refusal',
    { ...status(403), choice: others },
    status(404),
    'other-answer',
    'unknown',
  ],
  [
    'demanded without a choice',
    failing('ERR_BAD_SSL_CLIENT_AUTH_CERT'),
    failing('ERR_BAD_SSL_CLIENT_AUTH_CERT'),
    'not-offered',
    'no',
  ],
  [
    'demanded, and others were offered',
    failing('ERR_BAD_SSL_CLIENT_AUTH_CERT'),
    { ...failing('ERR_BAD_SSL_CLIENT_AUTH_CERT'), choice: others },
    'not-offered',
    'no',
  ],
  [
    'rejected after the choice',
    failing('ERR_BAD_SSL_CLIENT_AUTH_CERT'),
    { ...failing('ERR_BAD_SSL_CLIENT_AUTH_CERT'), choice: ours },
    'certificate-rejected',
    'yes',
  ],
  [
    'a page that says that none came',
    status(400, 'No required SSL certificate was sent'),
    status(400, 'No required SSL certificate was sent'),
    'not-offered',
    'unknown',
  ],
])('says what the choice of a certificate shows: %s', async (_what, bare, presenting, verdict, sent) => {
  const probe = probeSeeing(visitOf(bare), visitOf(presenting))
  const identity = { certificates: [leaf], pkcs8: null, sha256: 'ab' }
  const result = await probe.test(probeInput(443, { identity }))
  const judgement = judged({ mode: 'browser', without: result.without.attempt, with: result.with?.attempt ?? null })
  expect([judgement.verdict.kind, result.with?.attempt.tls?.sent]).toEqual([verdict, sent])
  const said = JSON.stringify(judgement)
  if (sent !== 'yes') expect(said).not.toMatch(/even with your certificate|was sent, and|accepted “|does so with your/u)
  if (sent === 'unknown') expect(said).not.toMatch(/(?:The site|The server) (?:never asked|did not ask)/u)
})
