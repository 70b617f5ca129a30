import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { encodePem } from '#electron/pki/containers/pem'
import { certificatePem } from '#electron/pki/x509/pem'
import type { Attempt } from '#shared/model/attempt'
import { temporaryFolder } from '../support/home'
import { isSoak } from '../support/rounds'
import { makePki, usualHostname } from './pki'
import { runScenario } from './run-scenario'
import type { Scenario, ScenarioServer } from './scenario'
import { handshake } from './scenarios/handshake'

const pki = await makePki()
const folder = temporaryFolder()
const run = promisify(execFile)

/** curl refuses to load these, whatever the server would say. */
const tooWeakForCurl: string[] = ['rsa1024', 'sha1']

/** What a test under the usual name, straight to its server, comes to; curl has no words for the others. */
const comparable = handshake.filter(
  ({ certificate, hostname, connectTo, resolver, rootIs, pins }) =>
    certificate !== null &&
    !tooWeakForCurl.includes(certificate) &&
    [hostname, connectTo, resolver, rootIs, pins].every((one) => one === undefined),
)
const chosen = comparable.filter((_scenario, index) => isSoak || index % 6 === 0)
const isOnOpenssl = process.versions['electron'] === undefined

interface CurlSaw {
  status: number | null
  /** As OpenSSL words it; null where curl names none. */
  alert: string | null
}

async function askCurl({ certificate, path = '/' }: Scenario, { port, rootPem }: ScenarioServer): Promise<CurlSaw> {
  const [root, chain, key] = ['root.pem', 'chain.pem', 'key.pem'].map((name) => join(folder, name))
  if (root === undefined || chain === undefined || key === undefined) throw new Error('No files.')
  const identity = certificate === null ? null : pki.clients[certificate].identity
  writeFileSync(root, rootPem)
  writeFileSync(chain, (identity?.certificates ?? []).map(certificatePem).join(''))
  writeFileSync(key, identity === null || identity.pkcs8 === null ? '' : encodePem('PRIVATE KEY', identity.pkcs8))
  const address = `https://${usualHostname}:${port}${path}`
  const options = ['--silent', '--verbose', '--http1.1', '--max-time', '10', '--noproxy', '*', '--cacert', root]
  const pair = ['--cert', chain, '--key', key]
  const to = ['--resolve', `${usualHostname}:${port}:127.0.0.1`, '--output', '/dev/null', address]
  const { stderr } = await run('curl', [...options, ...pair, ...to]).catch((error: { stderr: string }) => error)
  const status = /^< HTTP\/1\.[01] (\d{3})/mu.exec(stderr)?.[1]
  const alert = /\balert ([a-z ]+?)(?:, errno|\s*$)/mu.exec(stderr.replace(/TLS alert, [^\n]*/gu, ''))?.[1] ?? null
  return { status: status === undefined ? null : Number(status), alert }
}

const statusOf = ({ outcome }: Attempt) => (outcome.kind === 'answered' ? outcome.status : null)

describe('curl sees the same', () => {
  it.runIf(isOnOpenssl).each(chosen)('$name', async (scenario) => {
    const server = await scenario.server(pki)
    try {
      const report = await runScenario(scenario, server, pki)
      const seen = await askCurl(scenario, server)
      const attempt = report.with ?? report.without
      expect(statusOf(attempt)).toBe(seen.status)
      // curl writes its request at once, and so may lose the alert: what it names, Latchkey has to name, too.
      if (seen.alert !== null) expect(attempt.tls?.alert?.replaceAll('_', ' ')).toBe(seen.alert)
    } finally {
      await server.stop()
    }
  })
})
