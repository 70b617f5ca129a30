import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import type { OpenedFile } from '#electron/pki/containers/opened'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { inspectFile } from '#electron/pki/describe/inspect'
import { isAppError } from '#shared/errors'
import { InspectedFile } from '#shared/model/details'
import { rounds } from '../../../../support/rounds'
import { vectorsFolder } from '../../../../vectors/package'

interface Sample {
  name: string
  /** PEM is mutated inside its base64, so that the mutations reach the structure. */
  label: string | null
  der: Uint8Array
  password: string | null
  /** Public halves of the keys in the unharmed file. */
  keys: Uint8Array[]
}

/** Real files of every kind. Keys without their public half beside them are left out: nothing could tell the damage. */
const files: [file: string, password: string | null][] = [
  ['pkcs12/cert-key-aes256cbc.p12', 'cryptography'],
  ['pkcs12/cert-rc2-key-3des.p12', 'cryptography'],
  ['pkcs12/cert-none-key-none.p12', 'cryptography'],
  ['pkcs12/name-all-no-pwd.p12', null],
  ['asymmetric/DER_Serialization/enc-rsa-pkcs8.der', 'foobar'],
  ['asymmetric/DER_Serialization/enc2-rsa-pkcs8.der', 'baz'],
  ['asymmetric/DER_Serialization/ec_private_key_encrypted.der', '123456'],
  ['asymmetric/DER_Serialization/ec_private_key.der', null],
  ['asymmetric/DER_Serialization/unenc-rsa-pkcs8.der', null],
  ['asymmetric/Traditional_OpenSSL_Serialization/testrsa.pem', null],
  ['asymmetric/PKCS8/rsa_pss_2048_hash.pem', null],
  ['x509/custom/ca/ca_key.pem', null],
  ['pkcs7/amazon-roots.der', null],
  ['x509/cryptography.io.pem', null],
  ['x509/requests/san_rsa_sha1.der', null],
  ['x509/custom/crl_all_reasons.pem', null],
]

const open = (bytes: Uint8Array, password: string | null) => openFile({ name: 'file', bytes, password })
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

async function read([file, password]: [string, string | null]): Promise<Sample> {
  const bytes = readFileSync(join(vectorsFolder, file))
  const [block] = file.endsWith('.pem') ? decodePem(bytes.toString('latin1')) : []
  const { keys } = await open(bytes, password)
  const { label = null, der = bytes } = block ?? {}
  return { name: file, label, der, password, keys: keys.map(({ spki }) => spki) }
}

/** Anything but a foreseen error is a bug, and so is a key that is not one of the file's. */
async function survives(sample: Sample, mutated: Uint8Array): Promise<void> {
  const bytes = sample.label === null ? mutated : Buffer.from(encodePem(sample.label, mutated))
  const file = await open(bytes, sample.password).catch((error: unknown) => {
    if (isAppError(error)) return null
    throw error
  })
  if (file !== null) keysAreTheFilesOwn(sample, file)
  InspectedFile.parse(await inspectFile({ name: sample.name, bytes, password: sample.password }))
}

function keysAreTheFilesOwn(sample: Sample, { keys }: OpenedFile): void {
  const known = sample.keys.map(hex)
  for (const { pkcs8, spki } of keys) {
    expect(known, sample.name).toContain(hex(spki))
    expect(fits(pkcs8, spki), sample.name).toBe(true)
  }
}

/** The private half makes signatures that the public half takes; RSA-PSS keys only where the engine knows them. */
function fits(pkcs8: Uint8Array, spki: Uint8Array): boolean {
  const data = Buffer.from('data')
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    const publicKey = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    return verify('sha256', data, publicKey, sign('sha256', data, key))
  } catch {
    return Buffer.from(spki).includes(Buffer.from('2a864886f70d01010a', 'hex'))
  }
}

/** Where elements begin: a length lie changes the octet behind. */
function elementsOf(der: Uint8Array, start = 0, end = der.length): number[] {
  const offsets: number[] = []
  for (let at = start; at + 2 <= end; ) {
    const first = der[at + 1] ?? 0
    const count = first < 0x80 ? 0 : first & 0x7f
    const length = count === 0 ? first : Number(`0x${hex(der.subarray(at + 2, at + 2 + count)) || '0'}`)
    const content = at + 2 + count
    offsets.push(at)
    if (((der[at] ?? 0) & 0x20) !== 0) offsets.push(...elementsOf(der, content, Math.min(end, content + length)))
    at = content + length
  }
  return offsets
}

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat({ max: 100_000 }), to: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat({ max: 100_000 }), to: fc.constant(0) }),
  fc.record({ kind: fc.constant('lie' as const), at: fc.nat({ max: 100_000 }), to: fc.nat(255) }),
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat({ max: 100_000 }), to: fc.integer({ min: 1, max: 8 }) }),
)

function mutate(der: Uint8Array, { kind, at, to }: { kind: 'flip' | 'cut' | 'lie' | 'drop'; at: number; to: number }) {
  const bytes = Uint8Array.from(der)
  const place = at % bytes.length
  if (kind === 'cut') return bytes.subarray(0, place)
  if (kind === 'drop') return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + to)])
  if (kind === 'flip') bytes[place] = (bytes[place] ?? 0) ^ (1 << to)
  else {
    const offsets = elementsOf(der)
    bytes[(offsets[at % offsets.length] ?? 0) + 1] = to
  }
  return bytes
}

describe.runIf(process.platform === 'linux')('real files, damaged', () => {
  let samples: Sample[]
  beforeAll(async () => {
    samples = await Promise.all(files.map(read))
  })

  it('end in what can still be read or in an error with words, and never in another key', async () => {
    const any = fc.integer({ min: 0, max: files.length - 1 })
    const one = fc.record({ sample: any, changes: fc.array(mutation, { minLength: 1, maxLength: 2 }) })
    await fc.assert(
      fc.asyncProperty(fc.noBias(one), async ({ sample: number, changes }) => {
        const sample = samples[number]
        if (sample === undefined) return
        await survives(
          sample,
          changes.reduce((der, change) => (der.length === 0 ? der : mutate(der, change)), sample.der),
        )
      }),
      { numRuns: rounds(3000), seed: 20_261_123 },
    )
  })

  it('plain keys, with every octet changed in turn', async () => {
    for (const sample of samples.filter(({ name }) => /ec_private_key\.der|testrsa/u.test(name))) {
      for (let at = 0; at < sample.der.length; at += 1) {
        await survives(sample, mutate(sample.der, { kind: 'flip', at, to: at % 8 }))
      }
    }
  })
})
