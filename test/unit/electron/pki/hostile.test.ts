import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkIssued } from '#electron/pki/checks'
import { openFile } from '#electron/pki/containers/open'
import { writePkcs12 } from '#electron/pki/containers/pkcs12-write'
import { sequence } from '#electron/pki/der'
import { readRequest } from '#electron/pki/request'
import { orderChain } from '#electron/pki/x509/chain'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError, isAppError } from '#shared/errors'
import { CertificateView } from '#shared/model/certificate'
import { derOf, makeSmallPki, type SmallPki } from '../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../support/openssl'
import { rounds } from '../../../support/rounds'

const password = 'password'
let workshop: Workshop
let pki: SmallPki
let samples: Uint8Array[]

beforeAll(async () => {
  workshop = await openWorkshop()
  pki = await makeSmallPki(new Date())
  const { client, intermediate, root } = pki
  const { openssl, read } = workshop
  const key = ['-out', 'plain.key', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
  await openssl('genpkey', ...key)
  await openssl('ec', '-in', 'plain.key', '-aes128', '-passout', `pass:${password}`, '-out', 'dek.pem')
  await openssl(
    'pkcs8',
    '-topk8',
    '-in',
    'plain.key',
    '-iter',
    '100',
    '-passout',
    `pass:${password}`,
    '-out',
    'pbes2.pem',
  )
  const chain = [intermediate.certificate, root.certificate]
  const { pkcs8, certificate } = client
  samples = [
    certificate,
    client.requestDer,
    pkcs8,
    client.spki,
    derOf(await read('pbes2.pem')),
    writePkcs12({ profile: 'store', pkcs8, certificate, chain, password, label: 'x' }),
    await read('dek.pem'),
    await read('pbes2.pem'),
  ]
})
afterAll(() => workshop.remove())

/** Whatever a file holds, the outcome is a result or an error that has words; never a bug. */
async function survives(bytes: Uint8Array): Promise<void> {
  try {
    const file = await openFile({ name: 'file', bytes, password })
    for (const { der } of file.certificates) await survivesAsCertificate(der)
    for (const der of file.requests) await readRequest(der)
  } catch (error) {
    if (!isAppError(error)) throw error
  }
}

async function survivesAsCertificate(certificate: Uint8Array): Promise<void> {
  CertificateView.parse(viewCertificate(certificate))
  const now = new Date()
  const { chain, complete } = orderChain(certificate, [pki.intermediate.certificate, certificate], now)
  checkIssued({
    certificate,
    chain,
    complete,
    keySpki: null,
    requested: null,
    keyCameAlong: false,
    namedIssuers: ['0'.repeat(64)],
    now,
  })
}

const anySample = () => fc.constantFrom(...samples)

describe('hostile files end in a result or in an error with words', () => {
  it('cut off anywhere', async () => {
    for (const sample of samples) {
      const step = Math.max(1, Math.floor(sample.length / 60))
      for (let length = 0; length < sample.length; length += step) await survives(sample.subarray(0, length))
    }
  })

  it('with octets changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySample(),
        fc.array(fc.record({ at: fc.nat(), to: fc.nat(255) }), { minLength: 1, maxLength: 4 }),
        async (sample, changes) => {
          const bytes = Uint8Array.from(sample)
          for (const { at, to } of changes) bytes[at % bytes.length] = to
          await survives(bytes)
        },
      ),
      { numRuns: rounds(600) },
    )
  })

  it('with a bit flipped in a certificate, all over it', async () => {
    const { certificate } = pki.client
    for (let at = 0; at < certificate.length; at += 3) {
      const bytes = Uint8Array.from(certificate)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
      await survives(bytes)
    }
  })

  it('with parts cut out, doubled or exchanged', async () => {
    await fc.assert(
      fc.asyncProperty(anySample(), anySample(), fc.nat(), fc.nat(), async (one, other, first, second) => {
        const [from, to] = [first % one.length, second % other.length]
        await survives(Buffer.concat([one.subarray(0, from), other.subarray(to)]))
      }),
      { numRuns: rounds(300) },
    )
  })

  it('of nonsense that begins like something', async () => {
    const start = fc.constantFrom('3082', '3080', '30', '308201', 'feedfeed', '2d2d2d2d2d424547494e20')
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 300 }), async (head, rest) => {
        await survives(Buffer.concat([Buffer.from(head, 'hex'), rest]))
      }),
      { numRuns: rounds(300) },
    )
  })

  it('of text with blocks in it', async () => {
    const label = fc.constantFrom('CERTIFICATE', 'PRIVATE KEY', 'EC PRIVATE KEY', 'PKCS7', 'X')
    const line = fc.oneof(fc.base64String({ maxLength: 80 }), fc.string(), fc.constant('DEK-Info: AES-128-CBC,00'))
    await fc.assert(
      fc.asyncProperty(label, label, fc.array(line, { maxLength: 5 }), async (first, last, lines) => {
        await survives(Buffer.from([`-----BEGIN ${first}-----`, ...lines, `-----END ${last}-----`].join('\n')))
      }),
      { numRuns: rounds(300) },
    )
  })
})

describe('hostile files end soon', () => {
  const megabytes = 4 * 1024 * 1024
  const bombs: [string, () => Uint8Array][] = [
    ['nested without end', () => Buffer.alloc(megabytes, Buffer.from([0x30, 0x80]))],
    ['millions of empty parts', () => sequence(Buffer.alloc(megabytes, Buffer.from([0x05, 0x00])))],
    [
      'millions of parts with an open length',
      () => Buffer.concat([Buffer.from([0x30, 0x80]), Buffer.alloc(megabytes, Buffer.from([5, 0]))]),
    ],
    ['thousands of blocks that begin', () => Buffer.from('-----BEGIN CERTIFICATE-----\n'.repeat(100_000))],
    ['thousands of empty blocks', () => Buffer.from('-----BEGIN X-----\n-----END X-----\n'.repeat(100_000))],
    ['an endless line', () => Buffer.from(`-----BEGIN X-----\n${'A'.repeat(megabytes)}`)],
    ['blanks', () => Buffer.alloc(megabytes, 0x20)],
    ['braces', () => Buffer.from('{'.repeat(megabytes))],
  ]
  it.each(bombs)('%s', async (_, make) => {
    await expect(openFile({ name: 'bomb', bytes: make(), password })).rejects.toBeInstanceOf(AppError)
  })
})
