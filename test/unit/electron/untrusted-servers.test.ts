import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAnnouncement } from '#electron/lab/announcement'
import type { Bundle } from '../../support/bundle'
import { temporaryFolder } from '../../support/home'
import { startHttpsSite } from '../../support/https-site'
import { practiceSite } from '../../support/practice-site'
import { bundleWithModules, start } from '../../support/processes'

const site = practiceSite()
const home = temporaryFolder()

let script: Bundle
let port: number
beforeAll(async () => {
  script = await bundleWithModules('test/support/untrusted-process.ts')
  port = (await startHttpsSite((_request, response) => response.end('{"keys":[]}'))).port
  const { lab } = site()
  await createAnnouncement(home).publish({
    processId: process.pid,
    hostname: lab.hostname,
    port: lab.port,
    issuePort: lab.issuePort,
    issuer: lab.issuer,
    serverRootPem: lab.serverRootPem,
    serverKeySha256: lab.serverKeySha256,
    clientChain: [],
    jwks: lab.jwks(),
  })
})
afterAll(() => script.remove())

async function seenWith(environment: Record<string, string>): Promise<unknown> {
  const asking = start(script.path, [String(port), join(home, 'practice.json')], environment)
  const line = await asking.line()
  await asking.ended
  return JSON.parse(line ?? 'null')
}

describe('a server that nobody vouches for', () => {
  const expected = {
    plain: 'refused',
    elsewhere: 'refused',
    signer: 'signer-unreachable',
    lab: 'lab-not-running',
    tokenKeys: 'unreachable',
    // Meeting such servers is its work; it says what they are.
    probe: 'answered, untrusted',
  }

  it.each([['0'], ['1'], ['']])('is refused with NODE_TLS_REJECT_UNAUTHORIZED=%s', async (value) => {
    expect(await seenWith({ NODE_TLS_REJECT_UNAUTHORIZED: value })).toEqual(expected)
  })

  it('gets no keys of its sessions written to a file', async () => {
    const keys = join(home, 'keys.log')
    const environment = { NODE_OPTIONS: `--tls-keylog=${keys}`, SSLKEYLOGFILE: keys }
    expect(await seenWith(environment)).toEqual(expected)
    expect(existsSync(keys)).toBe(false)
  })
})

describe('in the source', () => {
  const root = fileURLToPath(new URL('../../../electron', import.meta.url))
  const files = sourcesIn(root).map((path) => ({
    name: relative(root, path).replaceAll('\\', '/'),
    text: readFileSync(path, 'utf8'),
  }))
  const filesWith = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

  /** Each of these says in so many words whether the other side has to prove itself; those of the lab are servers. */
  const secured = ['lab/alerts.ts', 'lab/server.ts', 'platform/ask-server.ts', 'probe/secure.ts', 'probe/tunnel.ts']

  it('TLS begins only where it is said whether the other side has to prove itself', () => {
    expect(filesWith(/from 'node:https'/u).sort()).toEqual(['lab/server.ts', 'platform/ask-server.ts'])
    expect(filesWith(/import \{[^}]*\b(?:connect|createServer|TLSSocket(?! ))\b[^}]*\} from 'node:tls'/u)).toEqual([
      'platform/ask-server.ts',
      'probe/secure.ts',
      'probe/tunnel.ts',
    ])
    expect(filesWith(/rejectUnauthorized: (?:true|false)/u).sort()).toEqual(secured)
    expect(filesWith(/rejectUnauthorized: false/u).sort()).toEqual([
      'lab/alerts.ts',
      'lab/server.ts',
      'probe/secure.ts',
    ])
  })

  it('nothing goes through what the environment can change', () => {
    // HTTP/2 runs over a socket that `secure` made, and connects nowhere itself.
    expect(filesWith(/node:http2/u)).toEqual(['probe/http2.ts'])
    expect(filesWith(/\bundici\b|\bWebSocket\b|createRemoteJWKSet/u)).toEqual([])
    // Chromium's, in a session of its own, whose TLS no variable changes and whose switches a package takes back.
    expect(filesWith(/\bfetch\(/u)).toEqual(['main/updates/setup.ts'])
    expect(filesWith(/(?<!\bown\.)\bfetch\(/u)).toEqual([])
    const ofItsOwn = /const own = session\.fromPartition\('updates', \{ cache: false \}\)/u
    expect(filesWith(ofItsOwn)).toEqual(['main/updates/setup.ts'])
    expect(filesWith(/import \{[^}]*\bnet\b[^}]*\} from 'electron'/u)).toEqual([])
  })
})

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesIn(path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
}
