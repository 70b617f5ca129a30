import { getHashes } from 'node:crypto'
import forge from 'node-forge'
import { beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { oid, sequence } from '#electron/pki/der'
import { generateKey, type KeyPair } from '#electron/pki/keys'
import { toBer } from '../../../../support/ber'
import { encrypted, type Pbes2, pbes2, pbkdf1, saltAndRounds } from '../../../../support/encrypted-keys'
import { privateHalf } from '../../../../support/key-bytes'

const password = 'correct horse'
let pair: KeyPair
beforeAll(async () => {
  pair = await generateKey('rsa-2048')
})

async function opensWithItsPasswordOnly(bytes: Uint8Array): Promise<void> {
  const { keys } = await openFile({ name: 'x.key', bytes, password })
  expect(keys.map(({ pkcs8 }) => privateHalf(pkcs8))).toEqual([privateHalf(pair.pkcs8)])
  await expect(openFile({ name: 'x.key', bytes, password: null })).rejects.toMatchObject({ code: 'password-needed' })
  for (const wrong of ['wrong', '', 'correct horse '])
    await expect(openFile({ name: 'x.key', bytes, password: wrong })).rejects.toMatchObject({ code: 'wrong-password' })
}

const aes128 = '2.16.840.1.101.3.4.1.2'
const aes192 = '2.16.840.1.101.3.4.1.22'
const aes256 = '2.16.840.1.101.3.4.1.42'

describe('PBES2 that states a key of 32 octets, as old NSS did for every AES', () => {
  it.each<Pbes2>([
    { said: aes128, cipher: 'aes-256-cbc', statedLength: 32 },
    { said: aes192, cipher: 'aes-256-cbc', statedLength: 32 },
    { said: aes256, cipher: 'aes-256-cbc', statedLength: 32 },
    // Writers that state what they derive and then use as much as the cipher takes.
    { said: aes128, cipher: 'aes-128-cbc', statedLength: 32 },
    { said: aes192, cipher: 'aes-192-cbc', statedLength: 32 },
    { said: aes128, cipher: 'aes-128-cbc', statedLength: 16 },
    { said: aes128, cipher: 'aes-128-cbc', statedLength: null },
  ])('$said encrypted with $cipher, $statedLength octets stated', async (choice) => {
    await opensWithItsPasswordOnly(pbes2(pair.pkcs8, password, choice))
  })
})

describe('PBES2 with an HMAC that openssl has no name for', () => {
  const hmacs = [
    ['sha3-224', '2.16.840.1.101.3.4.2.13'],
    ['sha3-256', '2.16.840.1.101.3.4.2.14'],
    ['sha3-384', '2.16.840.1.101.3.4.2.15'],
    ['sha3-512', '2.16.840.1.101.3.4.2.16'],
  ] as const
  // Electron's engine has not all hashes.
  for (const [hash, id] of hmacs)
    it.runIf(getHashes().includes(hash))(hash, async () => {
      const choice = { said: aes256, cipher: 'aes-256-cbc', statedLength: null, prf: { id, hash } }
      await opensWithItsPasswordOnly(pbes2(pair.pkcs8, password, choice))
    })
})

const des = { name: 'DES-CBC', encipher: (key: string) => forge.cipher.createCipher('DES-CBC', key) }

/** PBES1 by the standard, or with the IV that NSS takes. */
function pbes1(id: string, hash: string, ivAt: number): Uint8Array {
  const digest = pbkdf1(hash, password, 100)
  const encipher = des.encipher(digest.toString('latin1', 0, 8))
  encipher.start({ iv: digest.toString('latin1', ivAt, ivAt + 8) })
  encipher.update(forge.util.createBuffer(Buffer.from(pair.pkcs8).toString('latin1')))
  encipher.finish()
  return encrypted(sequence(oid(id), saltAndRounds(100)), Buffer.from(encipher.output.getBytes(), 'latin1'))
}

describe('PBES1 with DES', () => {
  it.each([
    ['SHA-1, by the standard', '1.2.840.113549.1.5.10', 'sha1', 8],
    ['SHA-1, with NSS’ IV', '1.2.840.113549.1.5.10', 'sha1', 12],
    ['MD5', '1.2.840.113549.1.5.3', 'md5', 8],
  ] as const)('%s', async (_, id, hash, ivAt) => {
    await opensWithItsPasswordOnly(pbes1(id, hash, ivAt))
  })
})

it('a key that is BER inside its encryption', async () => {
  const choice = { said: aes256, cipher: 'aes-256-cbc', statedLength: null }
  await opensWithItsPasswordOnly(pbes2(toBer(pair.pkcs8), password, choice))
})
