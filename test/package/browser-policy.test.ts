import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLabPki, labHostname } from '#electron/lab/pki'
import { encodePem } from '#electron/pki/containers/pem'
import { writePkcs12 } from '#electron/pki/containers/pkcs12-write'
import { viewCertificate } from '#electron/pki/x509/view'
import { policyFile } from '#shared/logic/browser-policy/files'
import { policyEntries } from '#shared/logic/browser-policy/rules'
import { makeSmallPki, type SmallPki } from '../support/certificates'
import { temporaryFolder } from '../support/home'
import { listen } from '../support/ports'
import { isSoak } from '../support/rounds'
import { programOf } from '../support/servers/packages'
import { isWineInstalled, prepareWine } from '../support/wine'

/** The Common Name in the certificate that a visitor has shown. */
function nameShownOn(socket: TLSSocket): string | null {
  const der: Buffer | undefined = socket.getPeerCertificate().raw
  return der === undefined ? null : viewCertificate(der).commonName
}

/** Debian's Chromium, which reads the policy file of an administrator from /etc, and picks a certificate by it. */
describe.runIf(isSoak && process.platform === 'linux' && process.getuid?.() === 0)('the policy that picks', () => {
  let pki: SmallPki
  let rootPem: string
  let server: Server
  let port: number
  let shown: (string | null)[]
  beforeAll(async () => {
    pki = await makeSmallPki(new Date())
    const { server: own, serverRoot } = await createLabPki(new Date())
    rootPem = encodePem('CERTIFICATE', serverRoot.certificate)
    server = createServer(
      {
        key: encodePem('PRIVATE KEY', own.pkcs8),
        cert: encodePem('CERTIFICATE', own.certificate),
        requestCert: true,
        rejectUnauthorized: false,
      },
      (request, response) => {
        const socket = request.socket as TLSSocket
        shown.push(nameShownOn(socket))
        response.end('<title>A page</title>')
      },
    )
    port = await listen(server)
  }, 600_000)
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    shown = []
  })

  /** With the certificate in its store, and what an administrator has in /etc/chromium, which is that of nobody else here. */
  async function start(policy: string | Uint8Array | null): Promise<Browser> {
    const { command, env } = await programOf('usr/lib/chromium/chromium', 'chromiumWithWindow')
    const home = temporaryFolder()
    fillStore(home)
    const file = join(home, 'latchkey.json')
    if (policy !== null) writeFileSync(file, policy)
    for (const name of ['upper', 'work']) mkdirSync(join(home, name))
    const inside = [
      `mount -t overlay overlay -o lowerdir=/etc,upperdir='${home}/upper',workdir='${home}/work' /etc`,
      ...(policy === null
        ? []
        : ['mkdir -p /etc/chromium/policies/managed', `cp '${file}' /etc/chromium/policies/managed/`]),
      `exec '${command}' "$@"`,
    ]
    writeFileSync(join(home, 'inside'), inside.join('\n'))
    const script = join(home, 'chromium')
    writeFileSync(script, `#!/bin/sh\nexec unshare --mount sh -e '${home}/inside' "$@"\n`, { mode: 0o755 })
    const { chromium } = await import('@playwright/test')
    return chromium.launch({
      executablePath: script,
      args: ['--no-sandbox', '--no-proxy-server', `--host-resolver-rules=MAP ${labHostname} 127.0.0.1`],
      env: { ...env, HOME: home },
    })
  }

  function fillStore(home: string): void {
    const folder = join(home, '.pki', 'nssdb')
    mkdirSync(folder, { recursive: true })
    const certutil = (...args: string[]) => execFileSync('certutil', [...args, '-d', `sql:${folder}`])
    certutil('-N', '--empty-password')
    writeFileSync(join(home, 'root.pem'), rootPem)
    certutil('-A', '-n', 'root', '-t', 'C,,', '-i', join(home, 'root.pem'))
    const { client, intermediate } = pki
    const file = writePkcs12({
      profile: 'modern',
      pkcs8: client.pkcs8,
      certificate: client.certificate,
      chain: [intermediate.certificate],
      password: 'x',
      label: 'John Doe',
    })
    writeFileSync(join(home, 'client.p12'), file)
    execFileSync('pk12util', ['-i', join(home, 'client.p12'), '-d', `sql:${folder}`, '-K', '', '-W', 'x'])
  }

  const site = () => ({ hostname: labHostname, port })
  const forLinux = (sites: { hostname: string; port: number }[], issuer: string) =>
    policyFile('linux', policyEntries(sites, issuer), String)

  /** What the site was shown; null where the browser was still asking a person, or shows none. */
  async function shownBy(policy: string | Uint8Array | null): Promise<string | null> {
    const browser = await start(policy)
    try {
      const page = await browser.newPage()
      await page.goto(`https://${labHostname}:${port}/`, { timeout: 8_000 }).catch(() => undefined)
      return shown.at(-1) ?? null
    } finally {
      await browser.close()
    }
  }

  it('is read without an error', async () => {
    const browser = await start(forLinux([site()], 'Small Intermediate'))
    const page = await browser.newPage()
    await page.goto('chrome://policy/')
    const row = page.locator('policy-row').filter({ hasText: 'AutoSelectCertificateForUrls' }).first()
    await row.waitFor()
    const said = await row.evaluate((element) => element.shadowRoot?.textContent ?? '')
    await browser.close()
    expect(said).toContain('Small Intermediate')
    expect(said.replaceAll(/\s+/gu, ' ')).toMatch(/Platform Machine Mandatory .*OK/u)
  })

  it('has the certificate of that issuer shown at that site, without asking', async () => {
    expect(await shownBy(forLinux([site()], 'Small Intermediate'))).toBe('John Doe')
  })

  it('has none shown without it, at another port, or of another issuer', async () => {
    expect(await shownBy(null)).toBeNull()
    expect(await shownBy(forLinux([{ ...site(), port: port + 1 }], 'Small Intermediate'))).toBeNull()
    expect(await shownBy(forLinux([site()], 'Small Root'))).toBeNull()
  })
})

describe.runIf(isSoak && (await isWineInstalled()))('the policy file for Windows, imported with regedit', () => {
  it('leaves what an administrator has in the list, and replaces what an earlier file had for the same site', async () => {
    const wine = await prepareWine()
    const file = join(temporaryFolder(), 'policy.reg')
    const key = 'HKCU\\SOFTWARE\\Policies\\Google\\Chrome\\AutoSelectCertificateForUrls'
    const bring = async (issuer: string) => {
      const sites = [{ hostname: 'admin.example.com', port: 443 }]
      writeFileSync(file, policyFile('windows', policyEntries(sites, issuer), String))
      await wine.run('regedit', ['/S', `Z:${file.replaceAll('/', '\\')}`])
      const printed = await wine.run('reg', ['query', key])
      return [...printed.matchAll(/^\s+\d+\s+REG_SZ\s+(.*?)\r?$/gmu)].map(([, value = '']) => value)
    }
    try {
      await wine.run('reg', ['add', key, '/v', '1', '/d', 'theirs', '/f'])
      for (const issuer of ['Old CA', 'New CA'])
        expect((await bring(issuer)).sort()).toEqual(
          ['theirs', ...policyEntries([{ hostname: 'admin.example.com', port: 443 }], issuer)].sort(),
        )
    } finally {
      await wine.remove()
    }
  }, 400_000)
})
