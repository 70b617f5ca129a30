import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noGate } from '#electron/lab/gate'
import { createLab, type RunningLab } from '#electron/lab/index'
import { issueAsRequested } from '#electron/pki/authority/client'
import { createRoot } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { viewCertificate } from '#electron/pki/x509/view'
import { systemRandom } from '#electron/platform/random'
import { RequestDraft } from '#shared/model/identity'
import { temporaryFolder } from '../../../support/home'

const run = promisify(execFile)
const folder = temporaryFolder()
let now = new Date('2026-11-23T12:00:00Z')
let lab: RunningLab

beforeAll(async () => {
  now = new Date()
  lab = await createLab({ clock: { now: () => now }, random: systemRandom, gate: noGate })()
  writeFileSync(join(folder, 'root.pem'), lab.serverRootPem)
})
afterAll(() => lab.stop())

/** Writes NAME.pem and NAME.key, signed by the lab unless told otherwise. */
async function client(name: string, sign = (der: Uint8Array) => lab.issue(der)): Promise<Uint8Array> {
  const key = await generateKey('p-256')
  const leaf = await sign(await createRequest(RequestDraft.parse({ subject: { commonName: name } }), key.pkcs8))
  writeFileSync(join(folder, 'client.pem'), encodePem('CERTIFICATE', leaf))
  writeFileSync(join(folder, 'client.key'), encodePem('PRIVATE KEY', key.pkcs8))
  return leaf
}

interface Answer {
  status: number
  headers: string
  body: string
}

/** The walkthrough's own tool. */
async function curl(...args: string[]): Promise<Answer> {
  const place = ['--resolve', `${lab.hostname}:${lab.port}:127.0.0.1`, '--cacert', join(folder, 'root.pem')]
  const url = args.some((arg) => arg.startsWith('https://')) ? [] : [`https://${lab.hostname}:${lab.port}/`]
  const { stdout } = await run('curl', ['-s', '-i', ...place, ...args, ...url])
  const [headers = '', ...body] = stdout.split('\r\n\r\n')
  return { status: Number(headers.split(' ')[1]), headers: headers.toLowerCase(), body: body.join('\r\n\r\n') }
}
const certificate = () => ['--cert', join(folder, 'client.pem'), '--key', join(folder, 'client.key')]
const asBrowser = ['-H', 'Accept: text/html']
const serviceAuth = { action: 'service-auth', rule: { kind: 'valid-certificate' } } as const

describe('the practice site', () => {
  it('refuses without a certificate, in the shape of Access for programs and for people', async () => {
    const program = await curl()
    expect(program.status).toBe(403)
    expect(JSON.parse(program.body)).toMatchObject({ status_code: 403, aud: expect.stringMatching(/^[0-9a-f]{64}$/u) })
    const person = await curl(...asBrowser)
    expect(person.body).toContain('Error – Cloudflare Access')
    expect(person.body).toContain('MTLS Status: NONE')
    expect(person.headers).not.toContain('access-control-allow-origin')
  })

  it('lets in with a certificate of its CA and sets a cookie that its keys prove', async () => {
    await client('Ada Lovelace')
    const { status, headers, body } = await curl(...certificate())
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ commonName: 'Ada Lovelace' })
    expect(headers).toMatch(/set-cookie: cf_authorization=[^;]+; path=\/; secure; httponly; samesite=none/u)
    const { stdout } = await run('curl', [
      '-s',
      '-i',
      '--resolve',
      `${lab.hostname}:${lab.port}:127.0.0.1`,
      '--cacert',
      join(folder, 'root.pem'),
      ...certificate(),
      `https://${lab.hostname}:${lab.port}/`,
    ])
    const token = /CF_Authorization=([^;]+)/u.exec(stdout)?.[1] ?? ''
    const keys = JSON.parse((await curl(`https://${lab.hostname}:${lab.port}/cdn-cgi/access/certs`)).body)
    const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet({ keys: keys.keys }))
    expect(protectedHeader.alg).toBe('RS256')
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
      type: 'app',
      common_name: 'Ada Lovelace',
      iss: lab.issuer,
      sub: '',
    })
  })

  it.each(['--tls-max 1.2', '--tlsv1.3'])('speaks TLS with %s', async (option) => {
    await client('Ada')
    expect((await curl(...option.split(' '), ...certificate())).status).toBe(200)
  })

  it('answers to its exact name only', async () => {
    expect((await curl('-H', 'Host: evil.example')).status).toBe(421)
    expect((await curl('-H', `Host: ${lab.hostname}`)).status).toBe(421)
  })

  it('answers for a path that begins with two slashes as for any other', async () => {
    expect((await curl(`${lab.issuer}//`)).status).toBe(403)
    expect((await curl(`${lab.issuer}//cdn-cgi/access/certs`)).status).toBe(403)
  })

  it('escapes what a certificate calls itself', async () => {
    await client('<script>alert(1)</script>')
    const { body, headers } = await curl(...asBrowser, ...certificate())
    expect(body).toContain('&lt;script&gt;')
    expect(body).not.toContain('<script>')
    expect(headers).toContain("content-security-policy: default-src 'none'")
  })
})

describe('its rules', () => {
  afterAll(() => lab.setPolicy(serviceAuth))

  it('can ask for a Common Name', async () => {
    lab.setPolicy({ action: 'service-auth', rule: { kind: 'common-name', commonNames: ['Grace'] } })
    await client('Ada')
    const refused = await curl(...asBrowser, ...certificate())
    expect(refused.status).toBe(403)
    expect(refused.body).toContain('MTLS Status: SUCCESS')
    await client('Grace')
    expect((await curl(...certificate())).status).toBe(200)
  })

  it('can go on to a login, never away from this computer', async () => {
    lab.setPolicy({ action: 'allow', rule: { kind: 'valid-certificate' } })
    await client('Ada')
    const { status, headers } = await curl(...certificate())
    expect(status).toBe(302)
    expect(headers).toContain(`location: ${lab.issuer}/cdn-cgi/access/login`)
    expect((await curl()).status).toBe(403)
  })

  it('can let everybody in', async () => {
    lab.setPolicy({ action: 'bypass', rule: { kind: 'valid-certificate' } })
    expect((await curl()).status).toBe(200)
  })

  it('greets and forwards nobody whom it did not verify, though everybody is let in', async () => {
    lab.setPolicy({ action: 'bypass', rule: { kind: 'valid-certificate' } })
    const own = ['-keyout', join(folder, 'client.key'), '-out', join(folder, 'client.pem')]
    await run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=Mallory',
      '-days',
      '9',
      ...own,
    ])
    const { status, body } = await curl(...certificate())
    expect(status).toBe(200)
    expect(JSON.parse(body)).toEqual({ commonName: null, headers: {} })
  })

  it('says which application covers an address, in a token that its keys prove; nothing under Bypass', async () => {
    const ask = () => curl('--head', '-H', 'cf-access-metadata-request: true')
    lab.setPolicy(serviceAuth)
    const { stdout } = await run('curl', [
      ...['-s', '--head', '--resolve', `${lab.hostname}:${lab.port}:127.0.0.1`, '--cacert', join(folder, 'root.pem')],
      ...['-H', 'cf-access-metadata-request: true', `${lab.issuer}/`],
    ])
    const token = /cf-access-metadata: (\S+)/iu.exec(stdout)?.[1] ?? ''
    const keys = createLocalJWKSet(lab.jwks() as JSONWebKeySet)
    const claims = JSON.parse(Buffer.from((await compactVerify(token, keys)).payload).toString())
    expect(claims).toEqual({
      type: 'match',
      hostname: lab.hostname,
      app_hostname: lab.hostname,
      auth_domain: lab.issuer.replace('https://', ''),
      aud: expect.stringMatching(/^[0-9a-f]{64}$/u),
      iat: expect.any(Number),
    })
    lab.setPolicy({ action: 'bypass', rule: { kind: 'valid-certificate' } })
    expect((await ask()).headers).not.toContain('cf-access-metadata')
  })
})

describe('a certificate that is no good', () => {
  const statusOf = async () => /MTLS Status: ([^<]+)/u.exec((await curl(...asBrowser, ...certificate())).body)?.[1]

  it('because another CA signed it', async () => {
    const subject = RequestDraft.parse({ subject: { commonName: 'Elsewhere' } }).subject
    const other = await createRoot({ subject, algorithm: 'p-256', days: 9, now })
    await client('Ada', (requestDer) =>
      issueAsRequested({ requestDer, issuerCertificate: other.certificate, issuerKey: other.pkcs8, days: 5, now }),
    )
    expect(await statusOf()).toBe('FAILED:unable to get local issuer certificate')
  })
  it('because it vouches for itself', async () => {
    // Without key usage: BoringSSL ends the handshake over one that does not allow signatures, as an issuer's own does not.
    const own = ['-keyout', join(folder, 'client.key'), '-out', join(folder, 'client.pem')]
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=Ada', '-days', '9', ...own])
    expect(await statusOf()).toBe('FAILED:self signed certificate')
  })
  it('because it was revoked', async () => {
    const leaf = await client('Ada')
    expect((await curl(...certificate())).status).toBe(200)
    await lab.revoke(viewCertificate(leaf).serial)
    expect(await statusOf()).toBe('FAILED:certificate revoked')
  })
  it('because it has expired', async () => {
    await client('Ada')
    const today = now
    now = new Date(today.getTime() + 60 * 86_400_000)
    expect(await statusOf()).toBe('FAILED:certificate has expired')
    now = today
  })
  it('because the request was not its owner’s', async () => {
    const key = await generateKey('p-256')
    const request = await createRequest(RequestDraft.parse({ subject: { commonName: 'Ada' } }), key.pkcs8)
    request[request.length - 5] = (request[request.length - 5] ?? 0) ^ 1
    await expect(lab.issue(request)).rejects.toMatchObject({ code: 'malformed' })
  })
})

it('signs for programs of this person alone, not for web pages', async () => {
  const key = await generateKey('p-256')
  writeFileSync(
    join(folder, 'r.der'),
    await createRequest(RequestDraft.parse({ subject: { commonName: 'Ada' } }), key.pkcs8),
  )
  const url = `https://${lab.hostname}:${lab.port}/latchkey/issue`
  const post = (type: string) => curl('--data-binary', `@${join(folder, 'r.der')}`, '-H', `Content-Type: ${type}`, url)
  expect((await post('text/plain')).status).toBe(405)
  expect((await post('application/pkcs10')).status).toBe(200)
  expect((await curl('-X', 'OPTIONS', '-H', 'Origin: https://evil.example', url)).headers).not.toContain(
    'access-control',
  )
})
