import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inlineJobs } from '#electron/jobs/inline'
import { certificateSha256 } from '#electron/pki/x509/read'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import type { Probe, ProbeInput, ProxyServer } from '#electron/probe/probe'
import { createFileTest } from '#electron/services/file-test'
import { isAppError } from '#shared/errors'
import { answered } from '../../../support/attempts'
import { type Walkthrough, walkThrough } from '../../../support/openssl'

let walk: Walkthrough
beforeAll(async () => {
  walk = await walkThrough()
})
afterAll(() => walk.remove())

const ofEnvironment: ProxyServer = {
  protocol: 'http',
  hostname: 'proxy.example',
  port: 3128,
  credentials: null,
  from: 'environment',
}

/** A probe that only records what it was asked. */
function fileTest() {
  const asked: ProbeInput[] = []
  const attempt = (presents: boolean) => ({
    attempt: answered(presents ? 200 : 403, { tls: { sent: presents ? 'yes' : 'no' } }),
    secrets: { cookies: [] },
  })
  const direct: Probe = {
    async test(input) {
      asked.push(input)
      const presented = input.identity === null ? null : attempt(true)
      return { without: attempt(false), with: presented, rootsFrom: 'the system', unreadRoots: null }
    },
  }
  const ports = { jobs: inlineJobs(), clock: systemClock, random: systemRandom, direct, prepare: async () => undefined }
  return { asked, ...createFileTest({ ...ports, proxyFor: async () => ({ proxy: ofEnvironment, unused: null }) }) }
}

const files = (...names: string[]) =>
  Promise.all(names.map(async (name) => ({ name, bytes: await readFile(walk.path(name)) })))
const site = { hostname: 'a.example', port: 443, path: '/', connectTo: null, pinnedKey: null }

describe('a test with a certificate from files', () => {
  it('shows it with its issuers in order, and keeps the key only until it is wiped', async () => {
    const { open, run, asked } = fileTest()
    const identity = await open(await files('ca-chain.pem', 'client.key', 'client.pem'), null, null)
    const report = await run(site, identity, {})
    expect(report).toMatchObject({
      verdict: { kind: 'let-in-without-cookie' },
      identity: null,
      identityName: 'John Doe',
    })
    const shown = asked[0]?.identity
    expect(shown?.certificates).toHaveLength(3)
    expect(shown?.sha256).toBe(certificateSha256(shown?.certificates[0] ?? new Uint8Array()))
    const { pkcs8 } = identity.presented
    expect(pkcs8?.some((byte) => byte !== 0)).toBe(true)
    identity.wipe()
    expect(pkcs8?.every((byte) => byte === 0)).toBe(true)
  })

  it('connects as it is told, otherwise as the environment says', async () => {
    const { run, roots, asked } = fileTest()
    await run(site, null, {})
    await run(site, null, { proxy: 'off', family: 6, http1: true, timeoutMs: 7 })
    const certificates = await roots(await files('ca-chain.pem', 'rootCA.pem'))
    await run(site, null, { roots: { certificates, from: 'ca.pem' } })
    expect(asked).toMatchObject([
      { proxy: ofEnvironment, family: null, http1: false, extraRoots: [] },
      { proxy: null, family: 6, http1: true, timeoutMs: 7 },
      { extraRoots: certificates, extraRootsFrom: 'ca.pem' },
    ])
    expect(certificates).toHaveLength(3)
  })

  it('takes no roots from a file without a certificate', async () => {
    const { roots } = fileTest()
    const refused = await roots(await files('client.key')).catch((error: unknown) => error)
    expect(isAppError(refused, 'nothing-usable')).toBe(true)
  })
})
