import { createHmac, pbkdf2Sync, scryptSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { childrenOf, integer, octetString, oid, readElement, sequence } from '#electron/pki/der'
import { certificateKey } from '#electron/pki/x509/read'
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
  /** Derives the MAC's key; scrypt instead of PBKDF2 is RFC 9579's other choice (§6). */
  derivation?: 'pbkdf2' | 'scrypt'
}

const salt = Buffer.from('0102030405060708', 'hex')

/** openssl's file with a MAC as RFC 9579 §4 describes it. */
function protectedFile(choice: Choice): Uint8Array {
  const [version, content] = childrenOf(readElement(withoutMac))
  if (version === undefined || content === undefined) throw new Error('no PKCS#12')
  const [, wrapped] = childrenOf(content)
  const safe = readElement(wrapped?.content ?? new Uint8Array()).content
  const { key, algorithm } = choice.derivation === 'scrypt' ? withScrypt(choice) : withPbkdf2(choice)
  const digest = createHmac(choice.mac, key).update(safe).digest()
  const parameters = sequence(algorithm, sequence(oid(hmac[choice.mac])))
  const info = sequence(sequence(oid('1.2.840.113549.1.5.14'), parameters), octetString(digest))
  return sequence(version.raw, content.raw, sequence(info, octetString(Buffer.from('NOT USED')), integer(1)))
}

function withPbkdf2({ prf, keyLength, rounds = 2048 }: Choice) {
  const parameters = sequence(octetString(salt), integer(rounds), ...lengthOf(keyLength), sequence(oid(hmac[prf])))
  const key = pbkdf2Sync(password, salt, Math.min(rounds, 2048), Math.min(keyLength ?? 32, 1024), prf)
  return { key, algorithm: sequence(oid('1.2.840.113549.1.5.12'), parameters) }
}

function withScrypt({ keyLength }: Choice) {
  const parameters = sequence(octetString(salt), integer(1024), integer(8), integer(1), ...lengthOf(keyLength))
  const key = scryptSync(password, salt, keyLength ?? 32, { N: 1024, r: 8, p: 1 })
  return { key, algorithm: sequence(oid('1.3.6.1.4.1.11591.4.11'), parameters) }
}

const lengthOf = (keyLength: number | null) => (keyLength === null ? [] : [integer(keyLength)])

describe('PKCS#12 with PBMAC1 (RFC 9579)', () => {
  it.each<Choice>([
    { mac: 'sha256', prf: 'sha256', keyLength: 32 },
    { mac: 'sha512', prf: 'sha256', keyLength: 64 },
    { mac: 'sha512', prf: 'sha512', keyLength: 64 },
    { mac: 'sha256', prf: 'sha512', keyLength: 32 },
    { mac: 'sha384', prf: 'sha384', keyLength: 48 },
    { mac: 'sha256', prf: 'sha256', keyLength: 20 },
    // §9 recommends the length of the HMAC's output and forbids no other.
    { mac: 'sha512', prf: 'sha256', keyLength: 32 },
    { mac: 'sha256', prf: 'sha256', keyLength: 64 },
    { mac: 'sha256', prf: 'sha256', keyLength: 32, derivation: 'scrypt' },
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

  // CVE-2026-34181: a key of one octet fits one password in 256, so the MAC would say nothing about the file.
  it.each<Pick<Choice, 'keyLength' | 'derivation'>>([
    { keyLength: 1 },
    { keyLength: 8 },
    { keyLength: 19 },
    { keyLength: 1, derivation: 'scrypt' },
  ])('with a key of $keyLength octets ($derivation) is refused under every password', async (choice) => {
    const bytes = protectedFile({ mac: 'sha256', prf: 'sha256', ...choice })
    for (const given of [password, ...Array.from({ length: 20 }, (_, at) => `another ${at}`)]) {
      const refused = { code: 'malformed', detail: expect.stringContaining('RFC 9579') }
      await expect(open(bytes, given)).rejects.toMatchObject(refused)
    }
  })

  it('with more work in key length and rounds together than either may ask for is refused', async () => {
    const slow = protectedFile({ mac: 'sha256', prf: 'sha256', keyLength: 256, rounds: 9_000_000 })
    await expect(open(slow, password)).rejects.toMatchObject({ code: 'too-many-iterations' })
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
