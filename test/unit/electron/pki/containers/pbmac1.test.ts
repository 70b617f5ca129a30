import { createHmac, pbkdf2Sync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateKey } from '#electron/pki/certificate'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { childrenOf, integer, octetString, oid, readElement, sequence } from '#electron/pki/der'
import { makeSmallPki } from '../../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../../support/openssl'
import * as samples from '../../../../vectors/rfc9579'

const password = 'password ✓'
let workshop: Workshop
let withoutMac: Buffer
beforeAll(async () => {
  workshop = await openWorkshop()
  const { client } = await makeSmallPki(new Date())
  await workshop.write('client.key', encodePem('PRIVATE KEY', client.pkcs8))
  await workshop.write('client.pem', encodePem('CERTIFICATE', client.certificate))
  const files = ['-inkey', 'client.key', '-in', 'client.pem', '-out', 'made.p12', '-passout', `pass:${password}`]
  await workshop.openssl('pkcs12', '-export', '-nomac', ...files)
  withoutMac = await workshop.read('made.p12')
})
afterAll(() => workshop.remove())

const open = (bytes: Uint8Array, given: string) => openFile({ name: 'file.p12', bytes, password: given })
const hmac = { sha256: '1.2.840.113549.2.9', sha384: '1.2.840.113549.2.10', sha512: '1.2.840.113549.2.11' } as const

interface Choice {
  mac: keyof typeof hmac
  prf: keyof typeof hmac
  /** Null leaves it out, which RFC 9579 forbids. */
  keyLength: number | null
  rounds?: number
}

/** openssl's file with a MAC as RFC 9579 §4 describes it. */
function protectedFile({ mac, prf, keyLength, rounds = 2048 }: Choice): Uint8Array {
  const [version, content] = childrenOf(readElement(withoutMac))
  if (version === undefined || content === undefined) throw new Error('no PKCS#12')
  const [, wrapped] = childrenOf(content)
  const safe = readElement(wrapped?.content ?? new Uint8Array()).content
  const salt = Buffer.from('0102030405060708', 'hex')
  const key = pbkdf2Sync(password, salt, Math.min(rounds, 5000), keyLength ?? 32, prf)
  const digest = createHmac(mac, key).update(safe).digest()
  const length = keyLength === null ? [] : [integer(keyLength)]
  const parameters = sequence(octetString(salt), integer(rounds), ...length, sequence(oid(hmac[prf])))
  const derivation = sequence(oid('1.2.840.113549.1.5.12'), parameters)
  const algorithm = sequence(oid('1.2.840.113549.1.5.14'), sequence(derivation, sequence(oid(hmac[mac]))))
  const unused = Buffer.from('NOT USED')
  const macData = sequence(sequence(algorithm, octetString(digest)), octetString(unused), integer(1))
  return sequence(version.raw, content.raw, macData)
}

describe('PKCS#12 with PBMAC1 (RFC 9579)', () => {
  it.each<Choice>([
    { mac: 'sha256', prf: 'sha256', keyLength: 32 },
    { mac: 'sha512', prf: 'sha256', keyLength: 64 },
    { mac: 'sha512', prf: 'sha512', keyLength: 64 },
    { mac: 'sha256', prf: 'sha512', keyLength: 32 },
    { mac: 'sha384', prf: 'sha384', keyLength: 48 },
    { mac: 'sha256', prf: 'sha256', keyLength: 20 },
  ])('$mac with $prf, a key of $keyLength octets', async (choice) => {
    const bytes = protectedFile(choice)
    const file = await open(bytes, password)
    expect([file.keys.length, file.certificates.length]).toEqual([1, 1])
    await expect(open(bytes, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
  })

  it('without a key length is malformed, as the RFC demands', async () => {
    const bytes = protectedFile({ mac: 'sha256', prf: 'sha256', keyLength: null })
    await expect(open(bytes, password)).rejects.toMatchObject({ code: 'malformed' })
  })

  it('with an absurd key length or number of rounds is refused', async () => {
    const huge = protectedFile({ mac: 'sha256', prf: 'sha256', keyLength: 100_000, rounds: 1 })
    await expect(open(huge, password)).rejects.toMatchObject({ code: 'malformed' })
    const slow = protectedFile({ mac: 'sha256', prf: 'sha256', keyLength: 32, rounds: 10_000_001 })
    await expect(open(slow, password)).rejects.toMatchObject({ code: 'too-many-iterations' })
  })
})

describe('the samples of RFC 9579', () => {
  const given = '1234'

  it('A.1 opens, with this password only', async () => {
    const file = await open(samples.valid, given)
    expect(file).toMatchObject({ keys: [{}], certificates: [{}], failures: [] })
    const [key, certificate] = [file.keys[0]?.spki, file.certificates[0]?.der]
    expect(certificateKey(certificate ?? new Uint8Array())).toEqual(key)
    await expect(open(samples.valid, '4321')).rejects.toMatchObject({ code: 'wrong-password' })
  })

  it.each([
    ['A.4, incorrect iteration count', samples.incorrectIterationCount, 'wrong-password'],
    ['A.5, incorrect salt', samples.incorrectSalt, 'wrong-password'],
    ['A.6, missing key length', samples.missingKeyLength, 'malformed'],
  ])('%s, is refused', async (_, bytes, code) => {
    await expect(open(bytes, given)).rejects.toMatchObject({ code })
  })
})
