import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { base64, type ForeignKind, type Held, heldIn, makeForeignKey } from '../../../../support/foreign-keys'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** What openssl writes, with every kind of key, compared by the private half itself. */
const kinds: ForeignKind[] = ['rsa', 'p-256', 'p-384', 'p-521']
const password = 'pässwörd €'
let workshop: Workshop
const made = new Map<ForeignKind, Held>()
beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.write('password', password)
  for (const kind of kinds) made.set(kind, await makeForeignKey(workshop, kind))
})
afterAll(() => workshop.remove())

const open = async (file: string, given: string | null) =>
  openFile({ name: file, bytes: await workshop.read(file), password: given })

async function opensWithItsPasswordOnly(file: string, wanted: Held | undefined): Promise<void> {
  expect(heldIn(await open(file, password))).toEqual(wanted)
  await expect(open(file, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
  await expect(open(file, null)).rejects.toMatchObject({ code: 'password-needed' })
}

describe('PKCS#12', () => {
  async function exported(kind: ForeignKind, options: string[]): Promise<void> {
    const files = ['-inkey', `${kind}.key`, '-in', `${kind}.pem`, '-out', 'made.p12', '-passout', 'file:password']
    await workshop.openssl('pkcs12', '-export', ...files, ...options)
  }

  it.each(kinds)('%s', async (kind) => {
    await exported(kind, [])
    await opensWithItsPasswordOnly('made.p12', made.get(kind))
  })

  const ways: [string, ForeignKind, string[]][] = [
    ['3DES and RC2-40', 'p-256', ['-legacy']],
    ['AES-192', 'p-384', ['-certpbe', 'AES-192-CBC', '-keypbe', 'AES-192-CBC']],
    ['one round for the bags', 'p-256', ['-noiter']],
    ['one round for the MAC', 'p-256', ['-nomaciter']],
    ['one round for all', 'rsa', ['-noiter', '-nomaciter', '-legacy']],
    ['plain certificate, 3DES key', 'p-256', ['-legacy', '-certpbe', 'NONE', '-keypbe', 'PBE-SHA1-3DES']],
    ['AES-128 certificate, plain key', 'p-521', ['-certpbe', 'AES-128-CBC', '-keypbe', 'NONE']],
    ['RC2-40 certificate, AES-256 key', 'rsa', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'AES-256-CBC']],
    ['two-key 3DES, SHA-512 MAC', 'p-384', ['-legacy', '-descert', '-keypbe', 'PBE-SHA1-2DES', '-macalg', 'sha512']],
  ]
  it.each(ways)('%s (%s)', async (_, kind, options) => {
    await exported(kind, options)
    await opensWithItsPasswordOnly('made.p12', made.get(kind))
  })

  it.each(kinds)('without a MAC, %s', async (kind) => {
    await exported(kind, ['-nomac', '-certpbe', 'AES-256-CBC'])
    await opensWithItsPasswordOnly('made.p12', made.get(kind))
  })
})

describe('encrypted PKCS#8', () => {
  const noCertificate = (kind: ForeignKind): Held => ({ keys: made.get(kind)?.keys ?? [], certificates: [] })
  async function encrypted(kind: ForeignKind, options: string[]): Promise<void> {
    const files = ['-in', `${kind}.key`, '-out', 'made.key', '-passout', 'file:password']
    await workshop.openssl('pkcs8', '-topk8', ...files, ...options)
  }

  const ciphers = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3']
  const hashes = ['hmacWithSHA1', 'hmacWithSHA224', 'hmacWithSHA256', 'hmacWithSHA384', 'hmacWithSHA512']
  it.each(ciphers)('%s, its key derived with every hash', async (cipher) => {
    for (const [index, hash] of hashes.entries()) {
      const kind = kinds[index % kinds.length] ?? 'rsa'
      await encrypted(kind, ['-v2', cipher, '-v2prf', hash])
      await opensWithItsPasswordOnly('made.key', noCertificate(kind))
    }
  })

  it.each(kinds)('scrypt, %s', async (kind) => {
    await encrypted(kind, ['-scrypt', '-scrypt_N', '4096', '-scrypt_r', '8', '-scrypt_p', '1'])
    await opensWithItsPasswordOnly('made.key', noCertificate(kind))
  })
})

describe('PKCS#7', () => {
  beforeAll(async () => {
    await workshop.write('index.txt', '')
    await workshop.write(
      'ca.cnf',
      '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=7\n',
    )
    const signing = ['-config', 'ca.cnf', '-keyfile', 'p-384.key', '-cert', 'p-384.pem']
    await workshop.openssl('ca', '-gencrl', ...signing, '-out', 'made.crl')
    await workshop.openssl('crl', '-in', 'made.crl', '-outform', 'DER', '-out', 'crl.der')
  })
  const crl = async () => base64(await workshop.read('crl.der'))

  it.each(['PEM', 'DER'])('%s, with certificates and a CRL', async (form) => {
    const files = ['-in', 'made.crl', '-certfile', 'p-384.pem', '-certfile', 'rsa.pem', '-out', 'made.p7b']
    await workshop.openssl('crl2pkcs7', ...files, '-outform', form)
    const opened = await open('made.p7b', null)
    const certificates = (['p-384', 'rsa'] as const).flatMap((kind) => made.get(kind)?.certificates ?? [])
    expect(heldIn(opened)).toEqual({ keys: [], certificates })
    expect(opened.crls.map(base64)).toEqual([await crl()])
  })

  it('with a CRL alone', async () => {
    await workshop.openssl('crl2pkcs7', '-in', 'made.crl', '-out', 'made.p7b')
    const opened = await open('made.p7b', null)
    expect(heldIn(opened)).toEqual({ keys: [], certificates: [] })
    expect(opened.crls.map(base64)).toEqual([await crl()])
  })
})
