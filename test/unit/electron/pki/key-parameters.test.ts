import { createPrivateKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodePem } from '#electron/pki/containers/pem'
import { plainKey } from '#electron/pki/containers/private-keys'
import { childrenOf, encode, integer, nothing, oid, readOnly, sequence, tags } from '#electron/pki/der'
import { openWorkshop, type Workshop } from '../../../support/openssl'

let workshop: Workshop
/** An RSA-PSS key without parameters. */
let plainPss: Uint8Array
beforeAll(async () => {
  workshop = await openWorkshop()
  plainPss = (await made(pss)).pkcs8
})
afterAll(() => workshop.remove())

const isOnOpenssl = process.versions['electron'] === undefined

async function der(file: string): Promise<Uint8Array> {
  return decodePem((await workshop.read(file)).toString('latin1'))[0]?.der ?? new Uint8Array()
}

/** A key of openssl's making, and what openssl says its public half is. */
async function made(options: string[]): Promise<{ pkcs8: Uint8Array; spki: Uint8Array }> {
  await workshop.openssl('genpkey', ...options, '-out', 'made.key')
  await workshop.openssl('pkey', '-in', 'made.key', '-pubout', '-out', 'made.pub')
  return { pkcs8: await der('made.key'), spki: await der('made.pub') }
}

const opens = (pkcs8: Uint8Array): boolean => {
  try {
    plainKey(pkcs8)
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(malformed|unsupported-algorithm)$/u) })
    return false
  }
}

function engineOpens(pkcs8: Uint8Array): boolean {
  try {
    createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    return true
  } catch {
    return false
  }
}

const pss = ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:1024']
const withHash = (hash: string, ...more: string[]) => [
  ...pss,
  ...['-pkeyopt', `rsa_pss_keygen_md:${hash}`],
  ...more.flatMap((option) => ['-pkeyopt', option]),
]
const sha256 = '2.16.840.1.101.3.4.2.1'
const mgf1 = '1.2.840.113549.1.1.8'
const pssId = oid('1.2.840.113549.1.1.10')
const tagged = (number: number, content: Uint8Array) => encode(0xa0 + number, content)
const hashOf = (id: string, ...parameter: Uint8Array[]) => sequence(oid(id), ...parameter)
const maskOf = (id: string, hash: Uint8Array) => sequence(oid(id), hash)

describe('Parameters of an RSA-PSS key', () => {
  const genuine: [string, string[]][] = [
    ['none', pss],
    ['SHA-1', withHash('sha1')],
    ['SHA-224', withHash('sha224')],
    ['SHA-256', withHash('sha256')],
    ['SHA-384 with another salt', withHash('sha384', 'rsa_pss_keygen_saltlen:20')],
    ['SHA-512', withHash('sha512')],
    ['SHA-512/256', withHash('sha512-256')],
    ['SHA-256, and SHA-1 in the mask', withHash('sha256', 'rsa_pss_keygen_mgf1_md:sha1')],
  ]
  it.each(genuine)('as openssl writes them: %s', async (_name, options) => {
    const { pkcs8, spki } = await made(options)
    expect(Buffer.from(plainKey(pkcs8).spki).equals(spki)).toBe(true)
  })

  const whole: [string, Uint8Array[]][] = [
    ['a hash without its NULL', [tagged(0, hashOf(sha256))]],
    ['nothing in them', []],
    ['the usual trailer', [tagged(0, hashOf(sha256, nothing)), tagged(3, integer(1))]],
  ]
  it.each(whole)('that are whole: %s', (_name, parts) => {
    expect(opens(withParameters(sequence(...parts)))).toBe(true)
  })

  const damaged: [string, Uint8Array][] = [
    ['NULL', nothing],
    ['an unknown hash', sequence(tagged(0, hashOf('2.16.840.1.101.3.4.2.99', nothing)))],
    ['a hash with a parameter', sequence(tagged(0, hashOf(sha256, integer(1))))],
    ['an unknown mask', sequence(tagged(1, maskOf('1.2.840.113549.1.1.99', hashOf(sha256, nothing))))],
    ['a mask of an unknown hash', sequence(tagged(1, maskOf(mgf1, hashOf('1.2.3', nothing))))],
    ['a mask without its hash', sequence(tagged(1, sequence(oid(mgf1))))],
    ['a negative salt', sequence(tagged(2, encode(tags.integer, Uint8Array.of(0xff))))],
    ['another trailer', sequence(tagged(3, integer(2)))],
    ['a part that does not belong there', sequence(tagged(4, integer(1)))],
    ['parts out of order', sequence(tagged(2, integer(20)), tagged(0, hashOf(sha256, nothing)))],
    ['two hashes', sequence(tagged(0, hashOf(sha256)), tagged(0, hashOf(sha256)))],
    ['a SET', encode(0x31, tagged(0, hashOf(sha256, nothing)))],
  ]
  it.each(damaged)('that are damaged: %s', (_name, parameters) => {
    expect(opens(withParameters(parameters))).toBe(false)
  })

  function withParameters(parameters: Uint8Array): Uint8Array {
    const [version, , key] = childrenOf(readOnly(plainPss))
    if (version === undefined || key === undefined) throw new Error('No PKCS#8.')
    return sequence(version.raw, sequence(pssId, parameters), key.raw)
  }
})

describe.runIf(isOnOpenssl)('No key opens that OpenSSL finds damaged', () => {
  const kinds: [string, string[]][] = [
    ['RSA-PSS', withHash('sha256', 'rsa_pss_keygen_mgf1_md:sha256', 'rsa_pss_keygen_saltlen:32')],
    ['EC secp256k1', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1']],
    ['EC brainpoolP256r1', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1']],
    ['EC P-192', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-192']],
    ['EC P-224', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-224']],
    ['EC P-256', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['Ed25519', ['-algorithm', 'ED25519']],
  ]
  it.each(kinds)('%s', async (_name, options) => {
    const { pkcs8 } = await made(options)
    expect(engineOpens(pkcs8)).toBe(true)
    const [, algorithm] = childrenOf(readOnly(pkcs8))
    // The version in front of the algorithm is written anew. Of RSA's numbers, every octet matters alike.
    const start = Buffer.from(pkcs8).indexOf(algorithm?.raw ?? '')
    for (let at = start; at < Math.min(pkcs8.length, 160); at += 1)
      for (const change of [0x01, 0x02, 0x20, 0x40, 0x80, 0xff]) {
        const changed = Uint8Array.from(pkcs8)
        changed[at] = (changed[at] ?? 0) ^ change
        if (opens(changed)) expect({ at, change, opens: engineOpens(changed) }).toEqual({ at, change, opens: true })
      }
  })
})
