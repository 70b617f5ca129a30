import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ProbeIdentity } from '#electron/probe/probe'
import { describeTested } from '#electron/services/connection-test'
import { judged } from '../../../support/judged'
import { type Nginx, startNginx } from '../../../support/nginx'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { directProbe, identityFrom, probeInput } from '../../../support/probe'

let walk: Walkthrough
let nginx: Nginx

beforeAll(async () => {
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.chainPem })
})
afterAll(async () => {
  await nginx.stop()
  await walk.remove()
})

/** One real test, judged and explained as the app does it. */
async function outcome(identity: ProbeIdentity | null) {
  const result = await directProbe().test(probeInput(nginx.port, { identity, extraRoots: [nginx.rootPem] }))
  const now = new Date()
  const { verdict, findings } = judged({
    without: result.without.attempt,
    with: result.with?.attempt ?? null,
    identity: identity === null ? null : describeTested('John Doe', identity.certificates, [], now),
    now,
  })
  return { verdict, findings: findings.map(({ code }) => code) }
}

/** NAME.pem with its own key, signed by whoever `options` say. */
async function make(name: string, issuerPem: string, ...options: string[]): Promise<ProbeIdentity> {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '9']
  await walk.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...options)
  return identityFrom(String(await walk.read(`${name}.pem`)), String(await walk.read(`${name}.key`)), issuerPem)
}

it('let in, but with a cookie that nginx made up', async () => {
  const seen = await outcome(identityFrom(walk.clientPem, walk.clientKeyPem, walk.intermediatePem))
  expect(seen).toMatchObject({ verdict: { kind: 'token-wrong', tone: 'bad' }, findings: ['token-from-other-issuer'] })
})

it('protected', async () => {
  expect(await outcome(null)).toMatchObject({
    verdict: { kind: 'protected', tone: 'good' },
    findings: ['certificate-demanded'],
  })
})

it('rejected by a server that says so in a page instead of the handshake', async () => {
  const seen = await outcome(await make('mallory', ''))
  expect(seen.verdict.kind).toBe('certificate-rejected')
  expect(seen.findings[0]).toBe('certificate-self-signed')
})

it('shows a certificate signed with SHA-1, which Access takes and TLS libraries dislike', async () => {
  await make('old-root', '', '-sha1')
  const by = ['-CA', walk.path('old-root.pem'), '-CAkey', walk.path('old-root.key'), '-sha1']
  const seen = await outcome(await make('old', String(await walk.read('old-root.pem')), ...by))
  expect(seen.verdict.kind).toBe('certificate-rejected')
  expect(await nginx.log()).toContain('CN=old')
})
