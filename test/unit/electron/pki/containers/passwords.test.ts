import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { bmpPassword, pkcs12Kdf, purposes } from '#electron/pki/containers/pkcs12-kdf'
import { encode, integer, nothing, octetString, oid, sequence } from '#electron/pki/der'
import { keySha256 } from '#electron/pki/keys'
import { makeSmallPki, type SmallPki } from '../../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

const password = 'pässwörd'
let workshop: Workshop
let pki: SmallPki
beforeAll(async () => {
  workshop = await openWorkshop()
  pki = await makeSmallPki(new Date())
  await workshop.write('plain.pem', encodePem('PRIVATE KEY', pki.client.pkcs8))
  await workshop.write('latin1', Buffer.from(password, 'latin1'))
})
afterAll(() => workshop.remove())

const open = (bytes: Uint8Array, given: string | null) => openFile({ name: 'file', bytes, password: given })

async function holdsTheKey(bytes: Uint8Array, given: string): Promise<void> {
  const { keys, failures } = await open(bytes, given)
  expect(failures).toEqual([])
  expect(keys.map(({ spki }) => keySha256(spki))).toEqual([keySha256(pki.client.spki)])
}

describe('passwords that came from a Latin-1 terminal', () => {
  it.each<[string, string[]]>([
    ['PBES2', ['pkcs8', '-topk8']],
    ['PBES1', ['pkcs8', '-topk8', '-v1', 'PBE-MD5-DES', '-provider', 'legacy', '-provider', 'default']],
    ['DEK-Info', ['ec', '-aes128']],
  ])('open %s', async (_, command) => {
    await workshop.openssl(...command, '-in', 'plain.pem', '-out', 'closed.pem', '-passout', 'file:latin1')
    await holdsTheKey(await workshop.read('closed.pem'), password)
    await expect(open(await workshop.read('closed.pem'), 'passwort')).rejects.toMatchObject({ code: 'wrong-password' })
  })
})

const salt = Buffer.from('0102030405060708', 'hex')
const data = oid('1.2.840.113549.1.7.1')
const contentInfo = (content: Uint8Array) => sequence(data, encode(0xa0, octetString(content)))

/** EncryptedPrivateKeyInfo with PBES2 over exactly these octets. */
function shrouded(octets: Uint8Array): Uint8Array {
  const prf = sequence(oid('1.2.840.113549.2.9'), nothing)
  const derivation = sequence(oid('1.2.840.113549.1.5.12'), sequence(octetString(salt), integer(1000), prf))
  const iv = Buffer.alloc(16, 7)
  const scheme = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(iv))
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(octets, salt, 1000, 32, 'sha256'), iv)
  const encrypted = Buffer.concat([cipher.update(pki.client.pkcs8), cipher.final()])
  return sequence(sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme)), octetString(encrypted))
}

/** A PKCS#12 file whose MAC has one password and whose key has been encrypted with these octets. */
function protectedFile(macPassword: string, keyOctets: Uint8Array, certificate: Uint8Array | null): Uint8Array {
  const bags = [sequence(oid('1.2.840.113549.1.12.10.1.2'), encode(0xa0, shrouded(keyOctets)))]
  if (certificate !== null) {
    const value = sequence(oid('1.2.840.113549.1.9.22.1'), encode(0xa0, octetString(certificate)))
    bags.push(sequence(oid('1.2.840.113549.1.12.10.1.3'), encode(0xa0, value)))
  }
  const safe = sequence(contentInfo(sequence(...bags)))
  const common = { hash: 'sha1', password: bmpPassword(macPassword), salt, iterations: 1000 }
  const key = pkcs12Kdf({ ...common, purpose: purposes.mac, length: 20 })
  const digest = createHmac('sha1', key).update(safe).digest()
  const info = sequence(sequence(oid('1.3.14.3.2.26'), nothing), octetString(digest))
  return sequence(integer(3), contentInfo(safe), sequence(info, octetString(salt), integer(1000)))
}

describe('PKCS#12', () => {
  it.each([
    ['UTF-8', () => Buffer.from(password)],
    ['UTF-16 with a final zero, as old NSS wrote it', () => bmpPassword(password)],
    ['Latin-1', () => Buffer.from(password, 'latin1')],
  ])('opens when its key was encrypted with the password in %s', async (_, octets) => {
    const bytes = protectedFile(password, octets(), null)
    await holdsTheKey(bytes, password)
    await expect(open(bytes, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
  })

  it('opens when the octets of the password were widened one by one, as OpenSSL before 1.1 did', async () => {
    const widened = Buffer.from(password).toString('latin1')
    await holdsTheKey(protectedFile(widened, Buffer.from(password), null), password)
  })

  it('with another password for the key says just that, and shows the certificate', async () => {
    const bytes = protectedFile(password, Buffer.from('another'), pki.client.certificate)
    const { keys, certificates, failures } = await open(bytes, password)
    expect([keys.length, certificates.length]).toEqual([0, 1])
    expect(failures).toEqual([
      { where: 'Bag 1', code: 'wrong-password', detail: expect.stringContaining('the key inside has another one') },
    ])
    const alone = protectedFile(password, Buffer.from('another'), null)
    await expect(open(alone, password)).rejects.toMatchObject({
      code: 'wrong-password',
      detail: expect.stringContaining('the key inside has another one'),
    })
    await expect(open(alone, 'another')).rejects.toMatchObject({
      code: 'wrong-password',
      detail: expect.stringContaining('altered'),
    })
  })
})
