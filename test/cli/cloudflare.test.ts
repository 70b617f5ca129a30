import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { certificatePem } from '#electron/pki/x509/pem'
import { AccessWish } from '#shared/model/access-wish'
import { makeSmallPki, type SmallPki } from '../support/certificates'
import { type Administrator, administrator } from '../support/cloudflare/administrator'
import { type CloudflareDouble, startCloudflareDouble } from '../support/cloudflare/double'
import { account } from '../support/cloudflare/world'
import { type CliOptions, type Computer, discard, newComputer, runCli } from '../support/crash'
import { findMarkers, text, watchProcesses } from '../support/secrets'

let pki: SmallPki
beforeAll(async () => {
  pki = await makeSmallPki(new Date())
})

let here: Computer
let double: CloudflareDouble
let admin: Administrator
beforeEach(async () => {
  here = newComputer()
  double = await startCloudflareDouble()
  admin = administrator(double)
})
afterEach(() => {
  double.stop()
  discard(here)
})

const own = () => ({
  LATCHKEY_TEST: '1',
  LATCHKEY_CLOUDFLARE_API: double.origin,
  LATCHKEY_KEYRING: 'none',
  LATCHKEY_PASSPHRASE: 'correct horse battery',
})

async function cloudflare(args: string[], { environment = {}, ...options }: CliOptions = {}) {
  const run = await runCli(here, ['cloudflare', ...args, '--json'], {
    ...options,
    environment: { ...own(), ...environment },
  })
  return { ...run, answer: JSON.parse(run.stdout) as Record<string, unknown> }
}
const plain = (args: string[], environment: Record<string, string> = {}) =>
  runCli(here, ['cloudflare', ...args], { environment: { ...own(), ...environment } })

const chainPem = () => certificatePem(pki.intermediate.certificate) + certificatePem(pki.root.certificate)

async function protectAdmin(): Promise<void> {
  await admin.certificate('Small', chainPem(), ['admin.example.com'])
  await admin.settings([{ hostname: 'admin.example.com', china_network: false, client_certificate_forwarding: true }])
  const holders = await admin.policy({ name: 'Holders' })
  await admin.application('admin.example.com', [{ id: holders, precedence: 1 }])
}

describe('without a vault', () => {
  it('a token from a file, standard input or the environment is enough, and no folder is made', async () => {
    await admin.certificate('Later', chainPem(), ['admin.example.com'])
    await admin.application('admin.example.com', [{ id: await admin.policy({ name: 'Holders' }), precedence: 1 }])
    const token = double.addToken()
    writeFileSync(join(here.folder, 'token.txt'), `${token}\n`)
    rmSync(here.latchkey, { recursive: true, force: true })
    for (const [args, options] of [
      [['--token-file', 'token.txt'], {}],
      [['--token-file', '-'], { input: token }],
      [[], { environment: { CLOUDFLARE_API_TOKEN: token } }],
    ] satisfies [string[], CliOptions][]) {
      const { code, answer } = await cloudflare(['status', ...args], options)
      expect([code, answer]).toMatchObject([
        0,
        { ok: true, account: { id: account }, hosts: [{ hostname: 'admin.example.com' }], unread: [] },
      ])
    }
    expect(existsSync(here.latchkey)).toBe(false)
  })

  it('and nothing at all says how to connect', async () => {
    const { code, answer } = await cloudflare(['status'])
    expect([code, answer]).toMatchObject([3, { error: { code: 'cloudflare-not-connected' } }])
    expect(double.journal).toEqual([])
  })

  it('a given token comes before the environment’s', async () => {
    const [given, other] = [double.addToken(), double.addToken()]
    await cloudflare(['status', '--token-file', '-'], { input: given, environment: { CLOUDFLARE_API_TOKEN: other } })
    expect(JSON.stringify(double.journal)).toContain(given)
    expect(JSON.stringify(double.journal)).not.toContain(other)
  })
})

describe('login', () => {
  it('stores the token with the keys, and says what was found and what is not known; logout removes it', async () => {
    await protectAdmin()
    writeFileSync(join(here.folder, 'token.txt'), double.addToken({ expiresOn: '2027-01-01T00:00:00Z' }))
    const { code, stdout, stderr } = await plain(['login', '--token-file', 'token.txt'])
    expect([code, stdout]).toEqual([
      0,
      'Connected to “Acme” with a token of a user: 1 CA, 1 application, 1 policy. It expires on 2027-01-01T00:00:00Z.\n',
    ])
    expect(stderr).toContain('Latchkey has not checked whether the token may also write.')
    const apps = await cloudflare(['app', 'list'])
    expect([apps.code, apps.answer]).toMatchObject([0, { apps: [{ domain: 'admin.example.com' }] }])
    expect((await cloudflare(['logout'])).answer).toMatchObject({ removed: true })
    expect((await cloudflare(['app', 'list'])).answer).toMatchObject({ error: { code: 'cloudflare-not-connected' } })
  })
})

it('a global key is refused before it is sent, as wrong usage', async () => {
  const { code, answer } = await cloudflare(['status', '--token-file', '-'], { input: `cfk_${'k'.repeat(40)}` })
  expect([code, answer]).toMatchObject([2, { error: { code: 'cloudflare-token-unusable' } }])
  expect(double.journal).toEqual([])
})

describe('status', () => {
  it('says what deserves a look, with exit code 1', async () => {
    await protectAdmin()
    await admin.application('wiki.example.com', [{ id: await admin.policy({ name: 'Others' }), precedence: 1 }])
    const { code, stdout } = await plain(['status'], { CLOUDFLARE_API_TOKEN: double.addToken() })
    expect(code).toBe(1)
    const dated = stdout.replace(/\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d UTC)?/gu, 'DATE')
    expect(dated).toBe(`“Acme” (${account}), as read at DATE
admin.example.com
  CA “Small”, until DATE
  application “admin.example.com” at admin.example.com
    1. “Holders”: Service Auth: Any valid certificate
  certificate forwarded to the origin, with the first request of each connection only
wiki.example.com
  application “wiki.example.com” at wiki.example.com
    1. “Others”: Service Auth: Any valid certificate
  ! A policy asks for a certificate, but no CA is associated.
`)
  })

  it('recognises an issuer of this computer by its fingerprint', async () => {
    const passphrases = { LATCHKEY_CA_PASSPHRASE: 'correct horse', ...own() }
    const root = await runCli(here, ['ca', 'init', 'Acme Root', '--key', 'p-256', '-o', 'root.pem', '--json'], {
      environment: passphrases,
    })
    expect(root.code, root.stdout).toBe(0)
    const { chain } = JSON.parse(root.stdout) as { chain: string }
    await admin.certificate('Uploaded', chain, ['admin.example.com'])
    const { answer } = await cloudflare(['status'], { environment: { CLOUDFLARE_API_TOKEN: double.addToken() } })
    expect(answer).toMatchObject({ cas: [{ name: 'Uploaded', issuer: 'Acme Root' }] })
  })

  it('names missing permissions exactly, with exit code 3', async () => {
    const token = double.addToken({ permissions: new Set(['Access: Apps and Policies Read']) })
    const { code, stderr } = await plain(['status'], { CLOUDFLARE_API_TOKEN: token })
    expect(code).toBe(3)
    expect(stderr).toContain('Access: Mutual TLS Certificates Read')
    expect(stderr).toContain('https://dash.cloudflare.com/profile/api-tokens')
  })

  it('tells of parts that were not read, and that it waits', async () => {
    double.upset('GET', '/access/apps', { kind: 'status', status: 429, headers: { 'retry-after': '1' } })
    const permissions = ['Access: Apps and Policies Read', 'Access: Mutual TLS Certificates Read']
    const token = double.addToken({ permissions: new Set(permissions) })
    const { code, stderr } = await plain(['status'], { CLOUDFLARE_API_TOKEN: token })
    expect(code).toBe(0)
    for (const missing of ['Access: Organizations, Identity Providers, and Groups Read', 'Zone Read'])
      expect(stderr).toContain(`the token lacks the permission “${missing}”.`)
    expect(stderr).toContain('Cloudflare accepts no more requests for now. Trying again in 1 second.')
  })
})

describe('explain', () => {
  const explain = (...args: string[]) =>
    cloudflare(['explain', ...args], { environment: { CLOUDFLARE_API_TOKEN: double.addToken() } })

  it('says who gets in at an address, with the certificate of a file and without one', async () => {
    await protectAdmin()
    const files = certificatePem(pki.client.certificate) + chainPem()
    writeFileSync(join(here.folder, 'client.pem'), files)
    double.world.now = Date.now()
    const entering = await explain('https://admin.example.com/reports', '--certificate', 'client.pem')
    expect([entering.code, entering.answer]).toMatchObject([
      0,
      {
        verdict: 'let-in',
        visitor: { certificate: { commonName: 'John Doe', issuerName: 'Small Intermediate', reachesRoot: true } },
        reasons: [
          { kind: 'certificate', state: 'valid' },
          { kind: 'association', outcome: 'accepted' },
          { kind: 'application' },
          { kind: 'policy', title: 'Policy 1, Holders, lets in' },
        ],
      },
    ])
    const refused = await explain('admin.example.com')
    expect([refused.code, refused.answer]).toMatchObject([1, { verdict: 'refused', dependsOn: [] }])
    const { stdout } = await plain(['explain', 'admin.example.com'], { CLOUDFLARE_API_TOKEN: double.addToken() })
    expect(stdout).toMatch(/^Refused: admin\.example\.com, as read at .* UTC\n1\. No certificate is sent\n/u)
  })

  it('refuses a file without a certificate before Cloudflare is asked', async () => {
    writeFileSync(join(here.folder, 'client.pem'), 'nothing')
    for (const [args, code] of [
      [['admin.example.com', '-c', 'client.pem'], 'unsupported-format'],
      [['admin.example.com', '-c', 'nobody.pem'], 'not-found'],
      [['ftp://admin.example.com'], 'address-invalid'],
    ] satisfies [string[], string][])
      expect((await explain(...args)).answer).toMatchObject({ error: { code } })
    expect(double.journal).toEqual([])
  })
})

describe('drift', () => {
  it('is reported until it is accepted', async () => {
    await protectAdmin()
    const drift = (...args: string[]) =>
      cloudflare(['drift', ...args], { environment: { CLOUDFLARE_API_TOKEN: double.addToken() } })
    expect((await drift()).answer).toMatchObject({ since: null, drift: [], kept: true })
    await admin.group({ name: 'Blocked', include: [{ common_name: { common_name: 'Eve' } }] })
    const change = { what: 'group', name: 'Blocked', change: 'added', after: 'Certificate named Eve' }
    const first = await drift()
    expect([first.code, first.answer]).toMatchObject([1, { drift: [change], kept: false }])
    const policy = await admin.policy({ name: 'Newer' })
    await admin.application('wiki.example.com', [{ id: policy, precedence: 1 }])
    const status = await runCli(here, ['cloudflare', 'status'], {
      environment: { ...own(), CLOUDFLARE_API_TOKEN: double.addToken() },
    })
    expect(status.stdout).toContain('  ~ An application is new.\n')
    expect(status.stderr).toContain('“drift” shows them in full.')
    const { code, stdout } = await plain(['drift', '--accept'], { CLOUDFLARE_API_TOKEN: double.addToken() })
    expect(code).toBe(1)
    expect(stdout).toContain('group “Blocked” added\n    Certificate named Eve\n')
    const last = await drift()
    expect([last.code, last.answer]).toMatchObject([0, { drift: [] }])
  })
})

describe('export', () => {
  it('writes what is there to a file, and never over another', async () => {
    await protectAdmin()
    const run = () =>
      cloudflare(['export', '-o', 'latchkey.access.json'], { environment: { CLOUDFLARE_API_TOKEN: double.addToken() } })
    const { code, answer } = await run()
    expect([code, answer]).toMatchObject([0, { leftOut: [], out: 'latchkey.access.json' }])
    const wish = AccessWish.parse(JSON.parse(readFileSync(join(here.folder, 'latchkey.access.json'), 'utf8')))
    expect(wish).toMatchObject({
      account,
      cas: [{ name: 'Small' }],
      hostnames: [{ hostname: 'admin.example.com', cas: ['Small'], forwarding: true }],
      policies: [{ name: 'Holders', include: [{ certificate: {} }] }],
      applications: [{ domain: 'admin.example.com', attach: ['Holders'] }],
    })
    expect(await run()).toMatchObject({ code: 2, answer: { error: { code: 'invalid-input' } } })
  })
})

describe('plan', () => {
  const plan = (...args: string[]) =>
    cloudflare(['plan', ...args], { environment: { CLOUDFLARE_API_TOKEN: double.addToken() } })
  const put = (wish: object) => writeFileSync(join(here.folder, 'wish.json'), JSON.stringify(wish))

  it('has nothing to do for an export, and refuses it once the account has changed', async () => {
    await protectAdmin()
    await cloudflare(['export', '-o', 'wish.json'], { environment: { CLOUDFLARE_API_TOKEN: double.addToken() } })
    const first = await plan('wish.json')
    expect([first.code, first.answer]).toMatchObject([0, { steps: [], problems: [] }])
    await admin.group({ name: 'Blocked', include: [{ common_name: { common_name: 'Eve' } }] })
    const later = await plan('wish.json')
    expect([later.code, later.answer]).toMatchObject([2, { steps: null, problems: [{ kind: 'state-changed' }] }])
  })

  it('says what it would do, with every request, and does nothing', async () => {
    await protectAdmin()
    put({ version: 1, account, hostnames: [{ hostname: 'admin.example.com', cas: [] }] })
    const { code, answer } = await plan('wish.json')
    expect([code, answer]).toMatchObject([
      1,
      {
        steps: [
          {
            title: 'Remove admin.example.com from the CA Small',
            warnings: expect.arrayContaining([expect.stringContaining('admin.example.com has no CA afterwards')]),
            confirm: ['admin.example.com'],
            call: { method: 'PUT', body: { associated_hostnames: [] } },
          },
        ],
      },
    ])
    const { stdout } = await plain(['plan', 'wish.json'], { CLOUDFLARE_API_TOKEN: double.addToken() })
    expect(stdout).toMatch(
      /1 change to make\. Nothing was changed\.\n1\. Remove admin\.example\.com from the CA Small\n/u,
    )
    expect(new Set(double.journal.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  it('names what is wrong with a file, before Cloudflare is asked', async () => {
    put({ version: 1, account, hostname: [] })
    expect(await plan('wish.json')).toMatchObject({
      code: 2,
      answer: { error: { code: 'invalid-input', detail: 'wish.json: there is no field hostname' } },
    })
    expect((await plan('nowhere.json')).answer).toMatchObject({ error: { code: 'file-unreadable' } })
    expect(double.journal).toEqual([])
  })
})

describe('lists', () => {
  it.each([
    ['ca', 'cas', { name: 'Small', hostnames: ['admin.example.com'] }],
    ['host', 'hosts', { hostname: 'admin.example.com', cas: [{ name: 'Small' }], setting: { forwarding: true } }],
    ['app', 'apps', { domain: 'admin.example.com', policies: [{ precedence: 1 }] }],
    ['policy', 'policies', { name: 'Holders', words: 'Service Auth: Any valid certificate' }],
    ['group', 'groups', { name: 'Blocked', rules: { include: [{ kind: 'common-name', name: 'Eve' }] } }],
  ])('%s list', async (noun, field, row) => {
    await protectAdmin()
    await admin.group({ name: 'Blocked', include: [{ common_name: { common_name: 'Eve' } }] })
    const { code, answer } = await cloudflare([noun, 'list'], {
      environment: { CLOUDFLARE_API_TOKEN: double.addToken() },
    })
    expect([code, answer]).toMatchObject([0, { verb: `cloudflare ${noun} list`, [field]: [row] }])
    expect(JSON.stringify(answer)).not.toContain('fetched')
  })
})

describe('check', () => {
  it('names what is not documented, and writes nothing', async () => {
    await protectAdmin()
    double.journal.length = 0
    const { code, answer } = await cloudflare(['check'], { environment: { CLOUDFLARE_API_TOKEN: double.addToken() } })
    // Documented for the list of reusable policies only.
    expect(answer).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ what: 'applicationPolicies', undocumented: ['reusable (boolean)'] }),
        expect.objectContaining({ what: 'certificates', outcome: 'as-documented', objects: 1 }),
      ]),
    })
    expect(code).toBe(1)
    expect(new Set(double.journal.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  it('reports a network’s login page as what it is, with exit code 3', async () => {
    double.upset('GET', '/access/groups', { kind: 'html' })
    const { code, stdout } = await plain(['check'], { CLOUDFLARE_API_TOKEN: double.addToken() })
    expect(code).toBe(3)
    expect(stdout).toContain('! cloudflare-answer-wrong: It is not JSON but “text/html”.')
  })
})

const planted = {
  CLOUDFLARE_BASE_URL: 'http://127.0.0.1:9',
  CLOUDFLARE_API_TOKEN: `cfut_${'planted'.repeat(6)}`,
  CLOUDFLARE_API_KEY: 'planted-key',
  CLOUDFLARE_EMAIL: 'planted@example.com',
  CLOUDFLARE_API_USER_SERVICE_KEY: 'planted-service-key',
  CLOUDFLARE_LOG: 'debug',
  CLOUDFLARE_CUSTOM_HEADERS: 'authorization: Bearer planted\nno header',
}

it('a given token leaves no trace but the sealed one, and none of Cloudflare’s own variables has a say', async () => {
  const token = double.addToken()
  const secret = token.slice(5)
  const watched = join(tmpdir(), `latchkey-cloudflare-${process.pid}.txt`)
  const watch = await watchProcesses(watched, 'environments')
  const given = { input: token, environment: planted }
  const runs = []
  runs.push(await cloudflare(['login', '--token-file', '-'], given))
  runs.push(await cloudflare(['status', '--token-file', '-'], given))
  // Even where the server quotes it.
  double.upset('GET', '/access/apps', {
    kind: 'status',
    status: 400,
    body: { errors: [{ code: 1, message: `Bearer ${token}` }] },
  })
  runs.push(await cloudflare(['app', 'list', '--token-file', '-'], given))
  runs.push(await cloudflare(['export', '-o', 'account.json', '--token-file', '-'], given))
  const seen = await watch.end()
  rmSync(watched, { force: true })

  expect(runs.map(({ code }) => code)).toEqual([0, 0, 3, 0])
  expect(seen).toContain('planted-service-key')
  expect(seen).not.toContain(secret)
  expect(runs.map(({ stdout, stderr }) => `${stdout}${stderr}`).join()).not.toContain(secret)
  expect(findMarkers([here.folder], [text('the token', secret)])).toEqual([])
  expect(JSON.stringify(double.journal)).not.toContain('planted')
})

it('a token in the environment reaches no other process', async () => {
  const token = double.addToken()
  const watched = join(tmpdir(), `latchkey-cloudflare-environment-${process.pid}.txt`)
  const watch = await watchProcesses(watched, 'environments')
  const { code } = await cloudflare(['login'], { environment: { CLOUDFLARE_API_TOKEN: token } })
  const seen = await watch.end()
  rmSync(watched, { force: true })
  const processes = seen.split('\n').map((line) => line.split('\t', 2))
  // Storing it takes a process of its own, which protects the keys.
  expect([code, processes.some(([command]) => command?.includes('process.cjs'))]).toEqual([0, true])
  const holders = processes.filter(([, environment]) => environment?.includes(token)).map(([command]) => command)
  expect(holders.filter((command) => !command?.includes(' cloudflare login'))).toEqual([])
})

it('a stored token is in no backup', async () => {
  const token = double.addToken()
  const secret = text('the token', token.slice(5))
  const environment = { ...own(), LATCHKEY_PASSWORD: 'correct horse battery staple' }
  await cloudflare(['login', '--token-file', '-'], { input: token })
  await cloudflare(['status'])
  const elsewhere = newComputer()
  try {
    const file = join(elsewhere.folder, 'all.latchkey-backup')
    const made = await runCli(here, ['backup', '-o', file, '--json'], { environment })
    expect([made.code, findMarkers([here.folder, elsewhere.folder], [secret])]).toEqual([0, []])
    const restored = await runCli(elsewhere, ['restore', file, '--json'], { environment })
    expect(restored.code, restored.stdout).toBe(0)
    const asked = await runCli(elsewhere, ['cloudflare', 'status', '--json'], { environment })
    expect(JSON.parse(asked.stdout)).toMatchObject({ error: { code: 'cloudflare-not-connected' } })
  } finally {
    discard(elsewhere)
  }
})
