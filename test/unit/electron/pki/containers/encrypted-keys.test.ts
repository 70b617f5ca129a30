import { getHashes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { decodePem } from '#electron/pki/containers/pem'
import { describeKey, keySha256, publicKeyOf } from '#electron/pki/keys'
import { privateHalf } from '../../../../support/key-bytes'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** Non-ASCII on purpose: every key here is encrypted with it. */
const password = 'pässwörd 1'
let workshop: Workshop
let expected: string
let expectedHalf: string
beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'rsa.pem')
  await workshop.openssl('ecparam', '-name', 'secp384r1', '-genkey', '-out', 'ec.pem')
  await workshop.openssl('pkey', '-in', 'rsa.pem', '-pubout', '-outform', 'DER', '-out', 'rsa.pub')
  expected = keySha256(await workshop.read('rsa.pub'))
  expectedHalf = privateHalf(decodePem((await workshop.read('rsa.pem')).toString('latin1'))[0]?.der)
})
afterAll(() => workshop.remove())

const open = async (file: string, given: string | null) =>
  openFile({ name: file, bytes: await workshop.read(file), password: given })

async function opensWithItsPasswordOnly(file: string): Promise<void> {
  const { keys } = await open(file, password)
  expect(keys.map(({ spki }) => keySha256(spki))).toEqual([expected])
  expect(keys.map(({ pkcs8 }) => privateHalf(pkcs8))).toEqual([expectedHalf])
  await expect(open(file, null)).rejects.toMatchObject({ code: 'password-needed' })
  for (const wrong of ['wrong', '', 'passwort']) {
    await expect(open(file, wrong)).rejects.toMatchObject({ code: 'wrong-password' })
  }
}

const legacy = ['-provider', 'legacy', '-provider', 'default']
const scrypt = ['-scrypt', '-scrypt_N', '16384', '-scrypt_r', '8', '-scrypt_p', '1']

/** Electron's engine has not all hashes. */
const isInEngine = (prf: string) => getHashes().includes(prf.replace(/^.*With/u, '').toLowerCase())

describe('encrypted PKCS#8', () => {
  const kinds: [string, string[]][] = [
    ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3'].map((name): [string, string[]] => [name, ['-v2', name]]),
    ...['hmacWithSHA1', 'hmacWithSHA224', 'hmacWithSHA256', 'hmacWithSHA384', 'hmacWithSHA512'].map(
      (prf): [string, string[]] => [prf, ['-v2', 'aes256', '-v2prf', prf]],
    ),
    ...['hmacWithMD5', 'hmacWithSHA512-224', 'hmacWithSHA512-256']
      .filter((prf) => isInEngine(prf))
      .map((prf): [string, string[]] => [prf, ['-v2', 'aes256', '-v2prf', prf]]),
    ['scrypt', scrypt],
    ['PBES2 DES', ['-v2', 'des-cbc', ...legacy]],
    ['PBES2 RC2-128', ['-v2', 'rc2-cbc', ...legacy]],
    ['PBES2 RC2-64', ['-v2', 'rc2-64-cbc', ...legacy]],
    ['PBES2 RC2-40', ['-v2', 'rc2-40-cbc', ...legacy]],
    ...['PBE-MD5-DES', 'PBE-SHA1-DES', 'PBE-MD5-RC2-64', 'PBE-SHA1-RC2-64'].map((name): [string, string[]] => [
      name,
      ['-v1', name, ...legacy],
    ]),
    ...[
      'PBE-SHA1-3DES',
      'PBE-SHA1-2DES',
      'PBE-SHA1-RC2-128',
      'PBE-SHA1-RC2-40',
      'PBE-SHA1-RC4-128',
      'PBE-SHA1-RC4-40',
    ].map((name): [string, string[]] => [name, ['-v1', name, ...legacy]]),
  ]
  it.each(kinds)('with %s', async (_, options) => {
    const files = ['-in', 'rsa.pem', '-out', 'encrypted.pem', '-passout', `pass:${password}`]
    await workshop.openssl('pkcs8', '-topk8', ...files, ...options)
    await opensWithItsPasswordOnly('encrypted.pem')
  })

  it('as DER', async () => {
    const files = ['-in', 'rsa.pem', '-outform', 'DER', '-out', 'encrypted.der', '-passout', `pass:${password}`]
    await workshop.openssl('pkcs8', '-topk8', ...files)
    await opensWithItsPasswordOnly('encrypted.der')
    expect((await open('encrypted.der', password)).format).toBe('encrypted PKCS#8 key')
  })

  it.each([
    ['camellia-128-cbc', 'Camellia-128'],
    ['camellia-192-cbc', 'Camellia-192'],
    ['aria-128-cbc', 'ARIA-128'],
    ['aria-192-cbc', 'ARIA-192'],
    ['aria-256-cbc', 'ARIA-256'],
    ['sm4-cbc', 'SM4'],
    ['seed-cbc', 'SEED'],
    ['bf-cbc', 'Blowfish'],
    ['cast5-cbc', 'CAST-128'],
  ])('with %s, which nobody reads, is unsupported, by name, whatever the password', async (cipher, name) => {
    const files = ['-in', 'rsa.pem', '-out', 'rare.pem', '-passout', `pass:${password}`]
    await workshop.openssl('pkcs8', '-topk8', ...files, '-v2', cipher, ...legacy)
    for (const given of [password, 'wrong', null]) {
      await expect(open('rare.pem', given)).rejects.toMatchObject({
        code: 'unsupported-algorithm',
        detail: expect.stringMatching(new RegExp(`${name}$`, 'u')),
      })
    }
  })

  it('with an absurd number of rounds is refused instead of computed', async () => {
    const files = ['-in', 'rsa.pem', '-outform', 'DER', '-out', 'rounds.der', '-passout', `pass:${password}`]
    await workshop.openssl('pkcs8', '-topk8', ...files, '-iter', '70000')
    const bytes = await workshop.read('rounds.der')
    const at = bytes.indexOf(Buffer.from([0x02, 0x03, 0x01, 0x11, 0x70]))
    const more = Buffer.from([0x02, 0x04, 0x7f, 0xff, 0xff, 0xff])
    const longer = grow(Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at + 5)]), at)
    await expect(openFile({ name: 'x', bytes: longer, password })).rejects.toMatchObject({
      code: 'too-many-iterations',
    })
  })
})

/** Adds one to every definite length around `at`, after one octet was put in there. */
function grow(bytes: Buffer, at: number): Buffer {
  const result = Buffer.from(bytes)
  const visit = (offset: number): void => {
    const first = result[offset + 1] ?? 0
    const count = first < 0x80 ? 0 : first & 0x7f
    const start = offset + 2 + count
    if (count === 0) result[offset + 1] = first + 1
    else result.writeUIntBE(result.readUIntBE(offset + 2, count) + 1, offset + 2, count)
    for (let child = start; child < at; ) {
      const childFirst = result[child + 1] ?? 0
      const childCount = childFirst < 0x80 ? 0 : childFirst & 0x7f
      const length = childCount === 0 ? childFirst : result.readUIntBE(child + 2, childCount)
      const end = child + 2 + childCount + length
      if (at < end) {
        visit(child)
        return
      }
      child = end
    }
  }
  visit(0)
  return result
}

describe('traditional keys with DEK-Info', () => {
  it.each([
    ...['aes128', 'aes192', 'aes256', 'des3', 'des', 'des-ede-cbc', 'rc2', 'rc2-64', 'rc2-40'],
    ...['aes-128', 'aes-192', 'aes-256', 'des-ede3', 'des', 'rc2'].flatMap((name) => [`${name}-cfb`, `${name}-ofb`]),
  ])('%s', async (cipher) => {
    const files = ['-in', 'rsa.pem', '-out', 'dek.pem', '-passout', `pass:${password}`]
    await workshop.openssl('rsa', '-traditional', `-${cipher}`, ...files, ...legacy)
    expect((await workshop.read('dek.pem')).toString('latin1')).toContain('DEK-Info')
    await opensWithItsPasswordOnly('dek.pem')
  })

  it('of EC keys, with the curve’s parameters before them', async () => {
    const files = ['-in', 'ec.pem', '-out', 'ec-dek.pem', '-passout', `pass:${password}`]
    await workshop.openssl('ec', '-aes128', ...files)
    const { keys } = await open('ec-dek.pem', password)
    expect(keys.map(({ spki }) => describeKey(spki))).toEqual(['EC P-384'])
  })

  it.each([
    ['camellia128', 'CAMELLIA-128-CBC'],
    ['bf', 'Blowfish (BF-CBC)'],
    ['cast5-cbc', 'CAST-128 (CAST5-CBC)'],
    ['seed', 'SEED-CBC'],
    ['aria-128-cbc', 'ARIA-128-CBC'],
    ['sm4', 'SM4-CBC'],
  ])('with %s, which nobody reads, are unsupported, by name', async (cipher, name) => {
    const files = ['-in', 'rsa.pem', '-out', 'rare.pem', '-passout', `pass:${password}`]
    await workshop.openssl('rsa', '-traditional', `-${cipher}`, ...files, ...legacy)
    for (const given of [password, 'wrong', null]) {
      await expect(open('rare.pem', given)).rejects.toMatchObject({
        code: 'unsupported-algorithm',
        detail: `encryption with ${name}`,
      })
    }
  })
})

describe('plain keys', () => {
  const forms: [string, string[], string][] = [
    ['PKCS#1', ['rsa', '-traditional', '-in', 'rsa.pem'], 'RSA 2048'],
    ['PKCS#8', ['pkey', '-in', 'rsa.pem'], 'RSA 2048'],
    ['SEC1', ['ec', '-in', 'ec.pem'], 'EC P-384'],
    ['PKCS#8 EC', ['pkcs8', '-topk8', '-nocrypt', '-in', 'ec.pem'], 'EC P-384'],
  ]
  it.each(forms)('%s, PEM and DER, become PKCS#8', async (_, command, name) => {
    for (const form of ['PEM', 'DER']) {
      await workshop.openssl(...command, '-outform', form, '-out', 'plain.key')
      const [key] = (await open('plain.key', null)).keys
      expect(describeKey(key?.spki ?? new Uint8Array())).toBe(name)
      expect(Buffer.from(publicKeyOf(key?.pkcs8 ?? new Uint8Array())).equals(key?.spki ?? new Uint8Array())).toBe(true)
    }
  })

  const odd: [string, string[]][] = [
    ['Ed25519', ['-algorithm', 'ED25519']],
    ['RSA-PSS 2048', ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048']],
    ['EC secp256k1', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1']],
  ]
  it.each(odd)('%s, which Access refuses, is still recognised', async (name, options) => {
    await workshop.openssl('genpkey', ...options, '-out', 'odd.key')
    await workshop.openssl('pkey', '-in', 'odd.key', '-pubout', '-out', 'odd.pub')
    const [key] = (await open('odd.key', null)).keys
    const [publicKey] = (await open('odd.pub', null)).publicKeys
    expect(describeKey(key?.spki ?? new Uint8Array())).toBe(name)
    expect(Buffer.from(key?.spki ?? []).equals(publicKey ?? new Uint8Array())).toBe(true)
  })

  it.each([
    ['X25519', ['-algorithm', 'X25519']],
    ['Ed448', ['-algorithm', 'ED448']],
  ])('%s is unsupported, by name', async (name, options) => {
    await workshop.openssl('genpkey', ...options, '-out', 'no.key')
    await expect(open('no.key', null)).rejects.toMatchObject({
      code: 'unsupported-algorithm',
      detail: expect.stringContaining(name),
    })
  })

  it('public keys are told from private ones', async () => {
    await workshop.openssl('rsa', '-in', 'rsa.pem', '-RSAPublicKey_out', '-out', 'rsa1.pub')
    for (const file of ['rsa1.pub', 'rsa.pub']) {
      const opened = await open(file, null)
      expect(opened.keys).toEqual([])
      expect(opened.publicKeys.map(keySha256)).toEqual([expected])
    }
  })

  it('the PKCS#8 that comes out is always the same for the same key', async () => {
    await workshop.openssl('rsa', '-traditional', '-in', 'rsa.pem', '-out', 'one.key')
    const [first] = (await open('one.key', null)).keys
    const [second] = (await open('rsa.pem', null)).keys
    expect(Buffer.from(first?.pkcs8 ?? []).equals(Buffer.from(second?.pkcs8 ?? []))).toBe(true)
    expect(decodePem((await workshop.read('rsa.pem')).toString('latin1'))[0]?.der).toEqual(second?.pkcs8)
  })
})
