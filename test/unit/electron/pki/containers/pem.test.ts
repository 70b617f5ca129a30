import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { derOf } from '../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'

let walkthrough: Walkthrough
beforeAll(async () => {
  walkthrough = await walkThrough()
})
afterAll(() => walkthrough.remove())

const open = (text: string | Uint8Array, password: string | null = null) =>
  openFile({ name: 'file', bytes: Buffer.from(text), password })

describe('PEM written here', () => {
  it('is byte for byte what openssl writes', () => {
    expect(encodePem('CERTIFICATE', derOf(walkthrough.clientPem))).toBe(walkthrough.clientPem)
  })
})

describe('PEM is read', () => {
  it('with many blocks in any order, keys and certificates mixed', async () => {
    const request = (await walkthrough.read('client.csr')).toString('utf8')
    const text = walkthrough.rootPem + request + walkthrough.clientKeyPem + walkthrough.clientPem
    const file = await open(text)
    expect(file.format).toBe('PEM')
    expect(file.certificates.map(({ der }) => der)).toEqual([derOf(walkthrough.rootPem), derOf(walkthrough.clientPem)])
    expect([file.keys.length, file.requests.length]).toEqual([1, 1])
  })

  const spoilt: [string, (pem: string) => string | Uint8Array][] = [
    ['Windows line ends', (pem) => pem.replaceAll('\n', '\r\n')],
    ['old Mac line ends', (pem) => pem.replaceAll('\n', '\r')],
    ['a byte order mark', (pem) => `\uFEFF${pem}`],
    ['text around it', (pem) => `Hello,\n\nhere it is: \n${pem}\nRegards -----\n`],
    ['indentation', (pem) => pem.replaceAll('\n', '\n    ')],
    ['mail quoting', (pem) => pem.replaceAll(/^/gmu, '> ')],
    ['one line', (pem) => pem.replaceAll('\n', ' ')],
    [
      'lines of another length',
      (pem) =>
        pem
          .replaceAll('\n', '')
          .replace(/-----BEGIN CERTIFICATE-----/u, '$&\n')
          .replace(/-----END/u, '\n$&'),
    ],
    ['a JSON string', (pem) => JSON.stringify({ success: true, result: { certificate: pem } })],
    ['UTF-16 from Notepad', (pem) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(pem, 'utf16le')])],
    ['big-endian UTF-16', (pem) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(pem, 'utf16le').swap16()])],
    ['the label X509 CERTIFICATE', (pem) => pem.replaceAll(' CERTIFICATE', ' X509 CERTIFICATE')],
    ['no armour at all', (pem) => pem.replaceAll(/-----.*-----\n/gu, '')],
    [
      'a signed mail around it',
      (pem) =>
        `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${pem}\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n=AbCd\n-----END PGP SIGNATURE-----\n`,
    ],
    [
      'DH parameters before it',
      (pem) => `-----BEGIN DH PARAMETERS-----\nMAYCAQUCAQI=\n-----END DH PARAMETERS-----\n${pem}`,
    ],
  ]
  it.each(spoilt)('with %s', async (_, spoil) => {
    const { certificates } = await open(spoil(walkthrough.clientPem))
    expect(certificates.map(({ der }) => Buffer.from(der))).toEqual([Buffer.from(derOf(walkthrough.clientPem))])
  })

  it('as OpenSSL’s TRUSTED CERTIFICATE, whose trust settings are dropped', async () => {
    await walkthrough.openssl(
      'x509',
      '-in',
      'rootCA.pem',
      '-addtrust',
      'serverAuth',
      '-trustout',
      '-out',
      'trusted.pem',
    )
    const text = (await walkthrough.read('trusted.pem')).toString('utf8')
    expect(text).toContain('TRUSTED')
    const [certificate] = (await open(text)).certificates
    expect(Buffer.from(certificate?.der ?? []).equals(derOf(walkthrough.rootPem))).toBe(true)
  })

  it('as NEW CERTIFICATE REQUEST', async () => {
    await walkthrough.openssl('req', '-in', 'client.csr', '-newhdr', '-out', 'new.csr')
    const text = (await walkthrough.read('new.csr')).toString('utf8')
    expect(text).toContain('NEW CERTIFICATE REQUEST')
    expect((await open(text)).requests).toHaveLength(1)
  })

  it('as openssl pkcs12 prints it, with bag attributes', async () => {
    const files = ['-inkey', 'client.key', '-in', 'client.pem', '-certfile', 'ca-chain.pem', '-passout', 'pass:x']
    await walkthrough.openssl('pkcs12', '-export', ...files, '-name', 'John', '-out', 'john.p12')
    const text = await walkthrough.openssl('pkcs12', '-in', 'john.p12', '-passin', 'pass:x', '-nodes')
    expect(text).toContain('Bag Attributes')
    const file = await open(text)
    expect([file.keys.length, file.certificates.length]).toEqual([1, 3])
  })
})

describe('PEM that cannot be read', () => {
  it('says which block it is about', async () => {
    const broken = walkthrough.clientPem.replace(/\n.{64}\n/u, '\n')
    await expect(open(walkthrough.rootPem + broken)).rejects.toMatchObject({
      code: 'malformed',
      detail: expect.stringContaining('Block 2, “CERTIFICATE”'),
    })
  })

  it('is malformed when cut off, also behind a good block', async () => {
    const cut = walkthrough.clientPem.slice(0, -30)
    await expect(open(cut)).rejects.toMatchObject({ code: 'malformed' })
    await expect(open(walkthrough.rootPem + cut)).rejects.toMatchObject({ code: 'malformed' })
    await expect(open(cut + walkthrough.rootPem)).rejects.toMatchObject({ code: 'malformed' })
  })

  it('is malformed when it is not base64', async () => {
    const text = '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n'
    await expect(open(text)).rejects.toMatchObject({ code: 'malformed' })
  })

  it('never takes long, however many blocks begin', () => {
    const many = '-----BEGIN PGP A-----\n'.repeat(50_000)
    expect(decodePem(many)).toEqual([])
  })
})
