import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { integer, octetString, oid, sequence } from '#electron/pki/der'
import { derOf } from '../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'

let walkthrough: Walkthrough
beforeAll(async () => {
  walkthrough = await walkThrough()
})
afterAll(() => walkthrough.remove())

/** PKCS#8 by its structure, of a kind of key that Access has no use for. */
const dsaKey = sequence(integer(0), sequence(oid('1.2.840.10040.4.1'), sequence()), octetString(integer(1)))

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

describe('PEM of which a part cannot be read', () => {
  const spoilt: [string, (pem: string) => string, string][] = [
    ['has no end', (pem) => pem.slice(0, -30), 'malformed'],
    ['has another end', (pem) => pem.replace('END CERTIFICATE', 'END X509 CRL'), 'malformed'],
    ['is no certificate', (pem) => pem.replace(/\n.{64}\n/u, '\n'), 'malformed'],
    ['is no base64', (pem) => pem.replace(/\n.{64}\n/u, '\n!\n'), 'malformed'],
    ['is of another world', () => encodePem('PRIVATE KEY', dsaKey), 'unsupported-algorithm'],
  ]
  it.each(spoilt)('keeps the good blocks around one that %s, and says which it is', async (_, spoil, code) => {
    const { rootPem, intermediatePem, clientPem } = walkthrough
    const file = await open(rootPem + spoil(clientPem) + intermediatePem)
    expect(file.certificates.map(({ der }) => der)).toEqual([rootPem, intermediatePem].map(derOf))
    expect(file.failures).toEqual([{ where: expect.stringContaining('Block 2, “'), code, detail: expect.anything() }])
  })

  it('shows the certificate beside a key that waits for a password', async () => {
    const { openssl, read, clientPem } = walkthrough
    await openssl('rsa', '-in', 'client.key', '-aes128', '-passout', 'pass:secret', '-out', 'closed.key')
    const text = clientPem + (await read('closed.key')).toString('latin1')
    const where = expect.stringMatching(/^Block 2, “.*PRIVATE KEY”$/u)
    const closed = await open(text)
    expect(closed).toMatchObject({ keys: [], failures: [{ where, code: 'password-needed' }] })
    expect(closed.certificates).toHaveLength(1)
    expect((await open(text, 'wrong')).failures).toMatchObject([{ where, code: 'wrong-password' }])
    expect(await open(text, 'secret')).toMatchObject({ keys: [{}], certificates: [{}], failures: [] })
  })

  it('says what there was where nothing can be used', async () => {
    const parameters = '-----BEGIN DH PARAMETERS-----\nMAYCAQUCAQI=\n-----END DH PARAMETERS-----\n'
    await expect(open(parameters + parameters)).rejects.toMatchObject({
      code: 'nothing-usable',
      detail: expect.stringContaining('2 × DH PARAMETERS'),
    })
  })
})

describe('PEM that cannot be read', () => {
  it('says which block it is about', async () => {
    const broken = walkthrough.clientPem.replace(/\n.{64}\n/u, '\n')
    await expect(open(broken + broken)).rejects.toMatchObject({
      code: 'malformed',
      detail: expect.stringContaining('Block 1, “CERTIFICATE”'),
    })
  })

  it('is malformed when cut off', async () => {
    const cut = walkthrough.clientPem.slice(0, -30)
    await expect(open(cut)).rejects.toMatchObject({ code: 'malformed' })
    await expect(open(cut + cut)).rejects.toMatchObject({ code: 'malformed' })
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
