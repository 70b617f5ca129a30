import { beforeAll, expect, it } from 'vitest'
import { systemClock } from '#electron/platform/clock'
import type { VisitServer } from '#electron/probe/browser'
import { createBrowserProbe } from '#electron/probe/browser-probe'
import { derOf } from '../../../support/certificates'
import { openWorkshop } from '../../../support/openssl'
import { probeInput } from '../../../support/probe'

let leaf: Uint8Array
beforeAll(async () => {
  const workshop = await openWorkshop()
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'a.key']
  await workshop.openssl('req', '-x509', ...key, '-out', 'a.pem', '-subj', '/CN=a.example', '-days', '9')
  leaf = derOf(await workshop.read('a.pem'))
  await workshop.remove()
})

async function seenAt(server: Omit<VisitServer, 'chain'>) {
  const probe = createBrowserProbe({
    clock: systemClock,
    tokenKeys: { keysFor: async () => ({ kind: 'unknown' }) },
    visitor: {
      visit: async () => ({
        answer: { status: 200, statusText: 'OK', headers: [], body: '', bodyTruncated: false },
        error: null,
        server: { chain: [leaf], ...server },
        tlsVersion: 'TLSv1.3',
        cipher: null,
        alpn: 'http/1.1',
        remoteAddress: null,
        choice: { asked: false, offered: false, candidates: 0 },
        timings: { dns: null, tcp: null, tls: null, firstByte: null, total: 1 },
      }),
    },
  })
  return (await probe.test(probeInput(443))).without.attempt.tls
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
