import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ProbeReport } from '#shared/model/probe'
import { type CliOptions, type Computer, discard, newComputer, runCli } from '../support/crash'
import { type Nginx, startNginx } from '../support/nginx'
import { keyPassword, type Walkthrough, walkThrough } from '../support/openssl'
import { listen, nothingListens } from '../support/ports'
import { reportOfVersion01 } from '../support/report-format-1'
import { isSoak } from '../support/rounds'

let here: Computer
let walk: Walkthrough
let nginx: Nginx

/** `/in` sets no cookie; `/unclear` answers something that is no refusal where there is no certificate. */
const locations = `
    location /in { default_type text/plain; if ($ssl_client_verify != SUCCESS) { return 403; } return 200 "You are in"; }
    location /unclear { default_type text/plain; if ($ssl_client_verify != SUCCESS) { return 404; } return 200 "You are in"; }`

beforeAll(async () => {
  here = newComputer()
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.chainPem, locations })
  for (const name of ['client.pem', 'client.key', 'ca-chain.pem']) put(name, await walk.read(name))
  put('server-root.pem', nginx.rootPem)
})
afterAll(async () => {
  discard(here)
  await nginx.stop()
  await walk.remove()
})

const path = (name: string) => join(here.folder, name)
const put = (name: string, content: string | Uint8Array) => writeFileSync(path(name), content)
const get = (name: string) => readFileSync(path(name), 'utf8')

const site = (place = 'in') => `https://${nginx.hostname}:${nginx.port}/${place}`
/** The name leads nowhere here, and nobody knows the root of this server. */
const reach = ['--connect-to', '127.0.0.1', '--ca', 'server-root.pem']
const pem = ['--cert', 'client.pem', '--key', 'client.key', '--cert', 'ca-chain.pem']

const Answer = z.looseObject({
  version: z.literal(2),
  verb: z.literal('test'),
  report: ProbeReport.optional(),
  reports: z.array(ProbeReport).default([]),
  error: z.looseObject({ code: z.string(), detail: z.string().nullable() }).optional(),
})

async function test(args: string[], options: CliOptions = {}) {
  const { code, stdout, stderr } = await runCli(here, ['test', ...args, '--json'], options)
  const answer = Answer.parse(JSON.parse(stdout))
  const kinds = answer.reports.map(({ verdict }) => verdict.kind)
  return { code, stdout, stderr, ...answer, kinds, error: answer.error?.code ?? null }
}

// None of this has anything to do with Latchkey's own folder.
beforeEach(() => rmSync(here.latchkey, { recursive: true, force: true }))
afterEach(() => expect(existsSync(here.latchkey)).toBe(false))

describe('a certificate from files', () => {
  it('is shown as PEM with its key, and with the issuers that lead to the root', async () => {
    const { code, report, reports } = await test([site(), ...reach, ...pem])
    expect([code, report?.verdict.kind]).toEqual([0, 'let-in-without-cookie'])
    expect(reports).toEqual([report])
    expect(report).toMatchObject({
      identity: null,
      identityName: 'John Doe',
      with: { outcome: { status: 200 }, tls: { sent: 'yes', trust: 'trusted' } },
      ownIssuers: ['CN=Walkthrough Intermediate, O=Walkthrough', 'CN=Walkthrough Root, O=Walkthrough'],
    })
    expect(report?.rootsFrom).toContain('server-root.pem')
    expect(await nginx.log()).toContain('200 SUCCESS CN=John Doe')
  })

  it('is read from a PKCS#12 with the password of a file, and not without it', async () => {
    const files = ['-inkey', 'client.key', '-in', 'client.pem', '-certfile', 'ca-chain.pem', '-out', 'client.p12']
    await walk.openssl('pkcs12', '-export', ...files, '-passout', 'pass:opensesame')
    put('client.p12', await walk.read('client.p12'))
    put('right.txt', 'opensesame\n')
    put('wrong.txt', 'closed\n')
    const p12 = [site(), ...reach, '--cert', 'client.p12']
    const right = await test([...p12, '--password-file', 'right.txt'])
    expect([right.code, right.kinds]).toEqual([0, ['let-in-without-cookie']])
    expect(right.stdout + right.stderr).not.toContain('opensesame')
    const wrong = await test([...p12, '--password-file', 'wrong.txt'])
    expect([wrong.code, wrong.error]).toEqual([1, 'wrong-password'])
    expect([(await test(p12)).code, (await test(p12)).error]).toEqual([1, 'password-needed'])
    const environment = { LATCHKEY_PASSWORD: 'opensesame' }
    expect((await test(p12, { environment })).code).toBe(0)
  })

  it('may have an encrypted key', async () => {
    await walk.openssl(
      'pkey',
      '-aes256',
      '-passout',
      `pass:${keyPassword}`,
      '-in',
      'client.key',
      '-out',
      'encrypted.key',
    )
    put('encrypted.key', await walk.read('encrypted.key'))
    put('key.txt', keyPassword)
    const own = ['--cert', 'client.pem', '--key', 'encrypted.key', '--password-file', 'key.txt']
    const { code, report } = await test([site(), ...reach, ...own])
    expect([code, report?.identityName]).toEqual([0, 'John Doe'])
  })

  it('that has expired is named as the cause', async () => {
    const configuration = ['[ca]', 'default_ca = d', '[d]', 'database = index.txt', 'new_certs_dir = .', 'policy = p']
    await walk.write(
      'ca.cnf',
      [...configuration, 'default_md = sha256', 'serial = number', '[p]', 'commonName = supplied', ''].join('\n'),
    )
    await walk.write('index.txt', '')
    await walk.write('number', '1000\n')
    const issuer = ['-cert', 'intermediate.pem', '-keyfile', 'intermediate.key', '-passin', `pass:${keyPassword}`]
    const dates = ['-startdate', '20200101000000Z', '-enddate', '20210101000000Z']
    const signing = ['-batch', '-config', 'ca.cnf', '-in', 'client.csr', '-out', 'expired.pem']
    await walk.openssl('ca', ...signing, ...issuer, ...dates)
    put('expired.pem', await walk.read('expired.pem'))
    const { code, report } = await test([site(), ...reach, '--cert', 'expired.pem', '--key', 'client.key'])
    expect(code).toBe(1)
    expect(report).toMatchObject({ findings: [{ code: 'certificate-expired', certainty: 'certain', who: 'you' }] })
  })

  it('without its key, or with the key of another, is refused', async () => {
    expect(await test([site(), '--cert', 'client.pem'])).toMatchObject({ code: 1, error: 'private-key-missing' })
    put('root.key', await walk.read('rootCA.key'))
    const other = ['--cert', 'client.pem', '--key', 'root.key', '--password-file', 'key.txt']
    expect(await test([site(), ...other])).toMatchObject({ code: 1, error: 'nothing-usable' })
    expect(await test([site(), '--cert', 'gone.pem'])).toMatchObject({ code: 3, error: 'file-unreadable' })
    put('many.pem', `${walk.clientPem}\n`.repeat(1_001))
    for (const option of ['--cert', '--ca'])
      expect(await test([site(), option, 'many.pem'])).toMatchObject({ code: 1, error: 'too-large' })
    const { stderr } = await runCli(here, ['test', site(), '--cert', 'many.pem'])
    expect(stderr).toContain('This file holds more than Latchkey reads.')
    expect(stderr).toContain('(many.pem: The file has more than 1,000 parts.)')
  })

  it('is not shown to a server of unknown roots, unless its key is named', async () => {
    const untrusted = await test([site(), '--connect-to', '127.0.0.1', ...pem])
    expect([untrusted.code, untrusted.kinds]).toEqual([1, ['server-untrusted']])
    const pinned = await test([site(), '--connect-to', '127.0.0.1', ...pem, '--pin', nginx.serverKeySha256])
    expect([pinned.code, pinned.kinds]).toEqual([0, ['let-in-without-cookie']])
  })
})

describe('several sites', () => {
  it('are answered in their order, and one that is unreachable decides the exit code', async () => {
    const gone = `https://${nginx.hostname}:${nothingListens}/`
    const all = [site(), gone, site('unclear'), site('')]
    const { code, report, kinds, reports } = await test([...all, ...reach, ...pem])
    expect([code, report]).toEqual([3, undefined])
    expect(kinds).toEqual(['let-in-without-cookie', 'unreachable', 'let-in-only-tried', 'token-wrong'])
    expect(reports.map(({ address }) => address)).toEqual(all)
  })

  it('are one line each', async () => {
    const { code, stdout } = await runCli(here, ['test', site(), site('unclear'), ...reach, ...pem])
    expect(code).toBe(0)
    const [first = '', second = '', ...rest] = stdout.trimEnd().split('\n')
    expect(rest).toEqual([])
    expect(first).toMatch(/\/in +let-in-without-cookie +Refused without your certificate, let in with it\. +\d+ ms$/u)
    expect(second).toMatch(/\/unclear +let-in-only-tried +Let in with your certificate\. +\d+ ms$/u)
  })

  it('are more than are tested at once', async () => {
    const all = Array.from({ length: 30 }, (_, index) => site(`in/${index}`))
    const { code, reports } = await test([...all, ...reach, ...pem])
    expect(code).toBe(0)
    expect(reports.map(({ address }) => address)).toEqual(all)
  })

  it('give 1 where one is negative, and 2 where an address is none', async () => {
    expect((await test([site(), site(''), ...reach, ...pem])).code).toBe(1)
    const wrong = await runCli(here, ['test', site(), 'http://a.example', ...pem])
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('http://a.example: ')])
  })
})

describe('without a certificate', () => {
  it('a site is tested without it alone', async () => {
    const { code, report } = await test([site(), ...reach])
    expect(code).toBe(0)
    expect(report).toMatchObject({ verdict: { kind: 'protected' }, with: null, notTried: 'none-chosen' })
    const { stdout } = await runCli(here, ['test', site(), ...reach])
    expect(stdout).toContain('Not tried: no certificate was chosen.')
  })
})

/** One command each, of which `npm test` runs some. */
const wrongUses = [
  ['--proxy', 'http://127.0.0.1:1', '--no-proxy'],
  ['--no-proxy', '--proxy', 'http://127.0.0.1:1'],
  ['-4', '-6'],
  ['--cert', 'client.pem', '-c', 'Ada'],
  ['--key', 'client.key'],
  ['--password-file', 'right.txt'],
  ['--pick', '1'],
  ['--timeout', '0'],
  ['--timeout', 'soon'],
  ['--timeout', '1e3'],
  ['--pin', 'abc'],
  ['--proxy', 'socks5://127.0.0.1:1080'],
  ['--proxy', 'ftp://127.0.0.1'],
  ['--proxy', 'http://ada:planted@127.0.0.1:1'],
  ['--proxy', 'http://127.0.0.1:1', '--proxy-password-file', 'right.txt'],
  ['--proxy-password-file', 'right.txt'],
  ['--report', 'report.txt'],
]

describe('how to connect', () => {
  it('over IPv4 or IPv6, in time, and over HTTP/1.1', async () => {
    expect((await test([site(), ...reach, '-4', '--http1.1', '--timeout', '10.5', ...pem])).code).toBe(0)
    const named = ['--ca', 'server-root.pem', '--connect-to', `localhost:${nginx.port}`]
    const { code, kinds } = await test([site(), ...named, '--ipv6'])
    expect([code, kinds]).toEqual([3, ['unreachable']])
  })

  it.each(wrongUses.filter((_use, index) => isSoak || index % 4 === 0))('%s %s %s is wrong usage', async (...args) => {
    const { code, error, stdout } = await test([site(), ...args.filter((arg) => arg !== undefined)])
    expect([code, error]).toEqual([2, 'invalid-input'])
    expect(stdout).not.toContain('planted')
  })
})

describe('a proxy', () => {
  const user = 'ada'
  const password = 'planted-proxy-secret'
  let port: number
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, socket, head) => {
    const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    const isKnown = request.headers['proxy-authorization'] === wanted
    asked.push(`${request.url} ${isKnown}`)
    if (!isKnown) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="p"\r\n\r\n')
      return
    }
    const [host = '', target = ''] = (request.url ?? '').split(':')
    const onward = connect(Number(target), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    for (const end of [socket, onward]) end.on('error', () => undefined)
  })
  beforeAll(async () => {
    port = await listen(proxy)
    put('proxy.txt', `${password}\n`)
  })
  beforeEach(() => asked.splice(0))
  afterAll(() => {
    proxy.close()
  })

  const isSilent = ({ stdout, stderr }: { stdout: string; stderr: string }) => {
    const encoded = Buffer.from(`${user}:${password}`).toString('base64')
    for (const secret of [password, encoded, `${user}@`]) expect(stdout + stderr).not.toContain(secret)
  }

  it('that asks for a password is named, and so is who has to act', async () => {
    const run = await test([site(), ...reach, ...pem, '--proxy', `http://127.0.0.1:${port}`])
    expect([run.code, run.kinds]).toEqual([3, ['proxy-failed']])
    expect(run.report).toMatchObject({
      findings: [{ code: 'proxy-wants-login' }],
      without: { proxy: { address: `http://127.0.0.1:${port}`, from: 'command-line', status: 407 } },
    })
    expect(asked).toEqual([`127.0.0.1:${nginx.port} false`])
    const { stdout } = await runCli(here, ['test', site(), ...reach, '--proxy', `http://127.0.0.1:${port}`])
    expect(stdout).toContain(`Proxy: http://127.0.0.1:${port} (from the command line), answered 407`)
  })

  it('gets its password from a file, and the report does not', async () => {
    const through = ['--proxy', `http://${user}@127.0.0.1:${port}`, '--proxy-password-file', 'proxy.txt']
    const written = ['--report', 'proxy.html', '--har', 'proxy.har', '--force']
    const run = await test([site(), ...reach, ...pem, ...through, ...written])
    expect([run.code, run.kinds]).toEqual([0, ['let-in-without-cookie']])
    expect(new Set(asked)).toEqual(new Set([`127.0.0.1:${nginx.port} true`]))
    isSilent(run)
    isSilent({ stdout: get('proxy.html'), stderr: get('proxy.har') })
    expect(get('proxy.html')).toContain(`http://127.0.0.1:${port} (from the command line)`)
    const without = await test([site(), ...reach, '--proxy', `http://${user}@127.0.0.1:${port}`])
    expect([without.code, without.error]).toEqual([1, 'password-needed'])
  })

  it('of the environment is used, unless it is switched off', async () => {
    const environment = { https_proxy: `http://${user}:${password}@127.0.0.1:${port}`, no_proxy: '' }
    const through = await test([site(), ...reach, ...pem], { environment })
    expect([through.code, through.report?.with?.proxy]).toMatchObject([0, { from: 'environment', status: 200 }])
    isSilent(through)
    asked.splice(0)
    const direct = await test([site(), ...reach, ...pem, '--no-proxy'], { environment })
    expect([direct.code, direct.report?.with?.proxy]).toEqual([0, null])
    expect(asked).toEqual([])
  })
})

describe('files for others', () => {
  it('are a page, the report, and an archive, none of them with a secret', async () => {
    const query = '?ticket=planted-value&x=1'
    const files = ['--report', 'report.html', '--har', 'report.har']
    const page = await test([site(query), ...reach, ...pem, ...files])
    expect(page.code).toBe(1)
    expect(get('report.html')).toContain("default-src 'none'; style-src 'unsafe-inline'")
    const har: unknown = JSON.parse(get('report.har'))
    expect(har).toMatchObject({ log: { version: '1.2', entries: [{ response: { status: 403 } }, {}] } })
    expect((await test([site(query), ...reach, ...pem, '--report', 'report.json'])).code).toBe(1)
    expect(ProbeReport.parse(JSON.parse(get('report.json'))).with?.outcome).toMatchObject({ status: 200, body: '' })
    for (const name of ['report.html', 'report.har', 'report.json'])
      expect(get(name)).not.toMatch(/eyJ[A-Za-z0-9]|planted-value|You are in/u)
  })

  it('do not overwrite anything unless they may, which is known before the test', async () => {
    put('taken.html', 'mine')
    const before = (await nginx.log()).length
    const refused = await test([site(), ...reach, '--report', 'taken.html', '--har', 'new.har'])
    expect([refused.code, refused.error]).toEqual([2, 'invalid-input'])
    expect([get('taken.html'), existsSync(path('new.har'))]).toEqual(['mine', false])
    expect((await nginx.log()).length).toBe(before)
    expect((await test([site(), ...reach, '--report', 'taken.html', '--force'])).code).toBe(0)
    expect(get('taken.html')).toMatch(/^<!doctype html>/u)
    expect(statSync(path('taken.html')).mode & 0o111).toBe(0)
  })
})

describe('a report that somebody sent', () => {
  const diagnose = (...args: string[]) => runCli(here, ['diagnose', ...args])

  it('is explained as the test explained it', async () => {
    const { stdout: tested } = await runCli(here, ['test', site(''), ...reach, ...pem, '--report', 'sent.json'])
    const run = await diagnose('sent.json')
    expect([run.code, run.stdout]).toEqual([1, tested])
    for (const part of ['Let in, but the Access cookie is not right.', 'For the administrator: ', '  Seen: '])
      expect(run.stdout).toContain(part)
    const json = await diagnose('sent.json', '--json')
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
      1,
      { version: 2, verb: 'diagnose', ok: false, report: { verdict: { kind: 'token-wrong' } }, reports: [{}] },
    ])
  })

  it('may be what the test printed, for several sites too, and in PowerShell’s encoding', async () => {
    const { stdout } = await test([site(), site('unclear'), ...reach, ...pem])
    put('printed.json', stdout)
    put('utf-16.json', Buffer.from(`\ufeff${stdout}`, 'utf16le'))
    for (const name of ['printed.json', 'utf-16.json']) {
      const run = await diagnose(name)
      expect(run.code).toBe(0)
      expect(run.stdout).toContain('Refused without your certificate, let in with it.')
      expect(run.stdout).toContain('Let in with your certificate.')
    }
    expect(JSON.parse((await diagnose('printed.json', '--json')).stdout).reports).toHaveLength(2)
  })

  it('of version 0.1 is shown as it was judged', async () => {
    put('old.json', JSON.stringify({ version: 1, verb: 'test', ok: false, report: reportOfVersion01 }))
    const { code, stdout } = await diagnose('old.json')
    expect(code).toBe(1)
    expect(stdout).toContain('As it was said.')
    expect(stdout).toContain('Judged       by Latchkey 0.1, and shown as it was')
  })

  it('is compared with another', async () => {
    await runCli(here, ['test', site(), ...reach, ...pem, '--report', 'with.json'])
    await runCli(here, ['test', site(), ...reach, '--report', 'without.json'])
    const run = await diagnose('with.json', 'without.json')
    expect(run.code).toBe(1)
    for (const part of [
      '    - Refused without your certificate, let in with it.',
      '    + Not tried: no certificate was chosen.',
    ])
      expect(run.stdout).toContain(part)
    const json = await diagnose('with.json', 'without.json', '--json')
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
      1,
      { reports: [{}, {}], comparison: { sections: [{ title: 'Result' }, {}, {}, {}] } },
    ])
    const same = await diagnose('with.json', 'with.json')
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('No differences.')])
    put('both.json', JSON.stringify({ reports: [JSON.parse(get('with.json')), JSON.parse(get('without.json'))] }))
    expect((await diagnose('with.json', 'both.json')).code).toBe(2)
  })

  it('that is unreachable is exit code 3', async () => {
    const verdict = { ...reportOfVersion01.verdict, kind: 'unreachable' }
    put('gone.json', JSON.stringify({ ...reportOfVersion01, verdict }))
    expect((await diagnose('gone.json')).code).toBe(3)
  })

  it('cannot act on the terminal, and shows no token', async () => {
    const evil = 'A\u001b]0;owned\u0007\u202e\nFor you: eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln'
    const verdict = { ...reportOfVersion01.verdict, sentence: evil, explanation: evil }
    const [finding] = reportOfVersion01.findings
    const findings = [{ ...finding, title: evil, remedy: evil, evidence: [evil, evil] }]
    put('evil.json', JSON.stringify({ ...reportOfVersion01, verdict, findings, identityName: evil, rootsFrom: evil }))
    for (const args of [['evil.json'], ['evil.json', '--json']]) {
      const { code, stdout } = await diagnose(...args)
      expect(code).toBe(1)
      expect(stdout).not.toMatch(/[\u001b\u0007\u202e]|eyJ|^For you: .{0,9}hidden/mu)
    }
  })

  it('is refused where it is none', async () => {
    put('not.json', 'Hello')
    put('other.json', JSON.stringify({ ...reportOfVersion01, more: true }))
    put('deep.json', '['.repeat(1_000_000))
    put('big.json', Buffer.alloc(17 * 1024 * 1024, 32))
    put('many.json', JSON.stringify({ ...reportOfVersion01, findings: Array.from({ length: 1_000_000 }, () => ({})) }))
    for (const name of ['not.json', 'other.json', 'deep.json', 'many.json']) {
      const { code, stdout } = await diagnose(name, '--json')
      expect([name, code, JSON.parse(stdout)]).toMatchObject([name, 2, { ok: false, error: { code: 'invalid-input' } }])
    }
    expect(JSON.parse((await diagnose('big.json', '--json')).stdout).error.code).toBe('too-large')
    expect((await diagnose('absent.json')).code).toBe(3)
  })
})
