import { getHashes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { type WritePkcs12Input, writePkcs12 } from '#electron/pki/containers/pkcs12-write'
import { childrenOf, integer, nothing, octetString, readElement, sequence } from '#electron/pki/der'
import { keySha256 } from '#electron/pki/keys'
import { certificateKey, certificateSha256 } from '#electron/pki/x509/read'
import { toBer } from '../../../../support/ber'
import { makeSmallPki, type SmallPki } from '../../../../support/certificates'
import { privateHalf } from '../../../../support/key-bytes'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

const now = new Date()
const password = 'pässwörd €'
const legacy = ['-legacy']
let workshop: Workshop
let elliptic: SmallPki
let rsa: SmallPki
beforeAll(async () => {
  workshop = await openWorkshop()
  elliptic = await makeSmallPki(now)
  rsa = await makeSmallPki(now, 'rsa-2048')
  await workshop.write('client.key', encodePem('PRIVATE KEY', rsa.client.pkcs8))
  await workshop.write('client.pem', encodePem('CERTIFICATE', rsa.client.certificate))
  const chain = [rsa.intermediate.certificate, rsa.root.certificate]
  await workshop.write('chain.pem', chain.map((der) => encodePem('CERTIFICATE', der)).join(''))
})
afterAll(() => workshop.remove())

const input = (pki: SmallPki, changes: Partial<WritePkcs12Input> = {}): WritePkcs12Input => ({
  profile: 'store',
  pkcs8: pki.client.pkcs8,
  certificate: pki.client.certificate,
  chain: [pki.intermediate.certificate, pki.root.certificate],
  password,
  label: 'John Doe – Zürich',
  ...changes,
})

const open = (bytes: Uint8Array, given: string | null) => openFile({ name: 'file.p12', bytes, password: given })
const openMade = async (file: string, given: string | null) => open(await workshop.read(file), given)

/** Made by openssl from the same key, certificate and chain; options decide how. */
async function made(options: string[], given = password): Promise<Buffer> {
  const files = ['-inkey', 'client.key', '-in', 'client.pem', '-certfile', 'chain.pem', '-out', 'made.p12']
  await workshop.openssl('pkcs12', '-export', ...files, '-name', 'John', '-passout', `pass:${given}`, ...options)
  return workshop.read('made.p12')
}

async function holdsEverything(bytes: Uint8Array, given: string | null): Promise<void> {
  const file = await open(bytes, given)
  expect(file.format).toBe('PKCS#12')
  expect(file.keys.map(({ spki }) => keySha256(spki))).toEqual([keySha256(rsa.client.spki)])
  expect(file.keys.map(({ pkcs8 }) => privateHalf(pkcs8))).toEqual([privateHalf(rsa.client.pkcs8)])
  const wanted = [rsa.client, rsa.intermediate, rsa.root].map(({ certificate }) => certificateSha256(certificate))
  expect(file.certificates.map(({ der }) => certificateSha256(der)).sort()).toEqual(wanted.sort())
}

describe('PKCS#12 written here', () => {
  const kinds = (['store', 'modern'] as const).flatMap((profile) =>
    (['rsa', 'elliptic'] as const).map((kind): [typeof profile, typeof kind] => [profile, kind]),
  )
  it.each(kinds)('%s, %s: is read by openssl, whole', async (profile, kind) => {
    const pki = kind === 'rsa' ? rsa : elliptic
    await workshop.write('ours.p12', writePkcs12(input(pki, { profile })))
    const reading = ['-in', 'ours.p12', '-passin', `pass:${password}`, ...(profile === 'store' ? legacy : [])]
    const text = await workshop.openssl('pkcs12', ...reading, '-nodes')
    expect(text.match(/BEGIN CERTIFICATE/gu)).toHaveLength(3)
    expect(text.match(/BEGIN PRIVATE KEY/gu)).toHaveLength(1)
    expect(text.match(/localKeyID/gu)).toHaveLength(2)
    expect(text.match(/friendlyName/gu)).toHaveLength(2)
    // openssl tells these things on its standard error.
    const info = await workshop.run('sh', ['-c', 'openssl "$@" 2>&1', 'sh', 'pkcs12', '-info', '-noout', ...reading])
    expect(info).toContain(profile === 'store' ? 'MAC: sha1' : 'MAC: sha256')
    expect(info).toContain(profile === 'store' ? 'pbeWithSHA1And3-KeyTripleDES-CBC' : 'AES-256-CBC')
  })

  it.each(kinds)('%s, %s: is imported by NSS, key and all', async (profile, kind) => {
    const pki = kind === 'rsa' ? rsa : elliptic
    const folder = `nss-${profile}-${kind}`
    await mkdir(workshop.path(folder))
    await workshop.run('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
    await workshop.write('ours.p12', writePkcs12(input(pki, { profile })))
    await workshop.write('password', password)
    await workshop.run('pk12util', ['-i', 'ours.p12', '-d', `sql:${folder}`, '-w', 'password'])
    expect(await workshop.run('certutil', ['-K', '-d', `sql:${folder}`])).toContain('John Doe')
  })

  it.each(kinds)('%s, %s: comes back here with its label', async (profile, kind) => {
    const pki = kind === 'rsa' ? rsa : elliptic
    const bytes = writePkcs12(input(pki, { profile }))
    const file = await open(bytes, password)
    expect(file.keys).toEqual([{ pkcs8: expect.anything(), spki: expect.anything(), label: 'John Doe – Zürich' }])
    expect(keySha256(file.keys[0]?.spki ?? new Uint8Array())).toBe(keySha256(certificateKey(pki.client.certificate)))
    expect(file.certificates[0]?.label).toBe('John Doe – Zürich')
    await expect(open(bytes, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
    await expect(open(bytes, null)).rejects.toMatchObject({ code: 'password-needed' })
  })

  it('spells passwords and names beyond the first plane of Unicode as others do', async () => {
    const beyond = '🔑 a\u0308 𝔡'
    await workshop.write('ours.p12', writePkcs12(input(elliptic, { password: beyond, label: beyond })))
    await workshop.write('password', beyond)
    const shown = await workshop.openssl('pkcs12', '-in', 'ours.p12', '-passin', 'file:password', '-noenc', ...legacy)
    expect(shown).toContain(encodePem('CERTIFICATE', elliptic.client.certificate))
    await workshop.run('pk12util', ['-l', 'ours.p12', '-d', workshop.folder, '-w', 'password'])
    await holdsEverything(await made([], beyond), beyond)
  })

  it('never repeats a salt', () => {
    const [first, second] = [writePkcs12(input(elliptic)), writePkcs12(input(elliptic))]
    expect(Buffer.from(first).equals(second)).toBe(false)
  })
})

/** Electron's engine has not all of them. */
const isInEngine = (hash: string) => getHashes().includes(hash)
const everyRareHash = ['sha3-224', 'sha3-256', 'sha3-384', 'sha3-512', 'sha512-224', 'sha512-256']
const rareHashes = everyRareHash.filter(isInEngine)

describe('PKCS#12 made by openssl', () => {
  const kinds: [string, string[]][] = [
    ['its defaults (AES-256, PBKDF2, SHA-256)', []],
    ['its old defaults (RC2-40, 3DES, SHA-1)', legacy],
    ['RC2-128', [...legacy, '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
    ['two-key 3DES', [...legacy, '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES']],
    ['RC4-128', [...legacy, '-certpbe', 'PBE-SHA1-RC4-128', '-keypbe', 'PBE-SHA1-RC4-128']],
    ['RC4-40', [...legacy, '-certpbe', 'PBE-SHA1-RC4-40', '-keypbe', 'PBE-SHA1-RC4-40']],
    ['AES-128', ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC']],
    ['certificates in the open', ['-certpbe', 'NONE']],
    ['nothing encrypted', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
    ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', ...rareHashes].map((mac): [string, string[]] => [
      `a MAC with ${mac}`,
      ['-macalg', mac],
    ]),
  ]
  it.each(kinds)('%s', async (_, options) => {
    const bytes = await made(options)
    await holdsEverything(bytes, password)
    await expect(open(bytes, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
    await expect(open(bytes, null)).rejects.toMatchObject({ code: 'password-needed' })
  })

  it.each([
    ['AES', []],
    ['RC2 and 3DES', legacy],
  ])('without a MAC, %s', async (_, options) => {
    const bytes = await made(['-nomac', ...options])
    await holdsEverything(bytes, password)
    // openssl leaves the certificates of such a file in the open.
    for (const [given, code] of [['wrong', 'wrong-password'] as const, [null, 'password-needed'] as const]) {
      const { keys, certificates, failures } = await open(bytes, given)
      expect([keys.length, certificates.length]).toEqual([0, 3])
      expect(failures).toMatchObject([{ where: 'Bag 4', code }])
    }
  })

  it('without a MAC, no wrong password ever looks like another error', async () => {
    const bytes = await made(['-iter', '1', '-nomac', '-certpbe', 'AES-128-CBC'])
    await holdsEverything(bytes, password)
    for (let attempt = 0; attempt < 600; attempt += 1) {
      await expect(open(bytes, `wrong ${attempt}`)).rejects.toMatchObject({ code: 'wrong-password' })
    }
  })

  it.each([
    ['AES', []],
    ['RC2 and 3DES', legacy],
  ])('with an empty password, %s: nobody is asked for one', async (_, options) => {
    const bytes = await made(options, '')
    await holdsEverything(bytes, null)
    await holdsEverything(bytes, '')
  })

  it('as BER, as Windows and Java wrote it', async () => {
    for (const options of [[], legacy]) await holdsEverything(toBer(await made(options)), password)
  })

  it('with a key only, with certificates only', async () => {
    const out = ['-out', 'part.p12', '-passout', `pass:${password}`]
    await workshop.openssl('pkcs12', '-export', '-nocerts', '-inkey', 'client.key', ...out)
    const keyOnly = await openMade('part.p12', password)
    expect([keyOnly.keys.length, keyOnly.certificates.length]).toEqual([1, 0])
    await workshop.openssl('pkcs12', '-export', '-nokeys', '-in', 'chain.pem', ...out)
    const certificatesOnly = await openMade('part.p12', password)
    expect([certificatesOnly.keys.length, certificatesOnly.certificates.length]).toEqual([0, 2])
  })

  it('with an algorithm that nobody reads: the MAC says the password is right, so that is not what is blamed', async () => {
    const bytes = await made(['-certpbe', 'CAMELLIA-128-CBC', '-keypbe', 'CAMELLIA-128-CBC'])
    await expect(open(bytes, password)).rejects.toMatchObject({
      code: 'unsupported-algorithm',
      detail: expect.stringContaining('Camellia-128'),
    })
    await expect(open(bytes, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
  })

  it.each(everyRareHash.filter((hash) => !isInEngine(hash)))('a MAC with %s, which the engine lacks', async (hash) => {
    const bytes = await made(['-macalg', hash])
    for (const given of [password, 'wrong', null])
      await expect(open(bytes, given)).rejects.toMatchObject({
        code: 'unsupported-algorithm',
        detail: expect.stringMatching(/^a MAC with SHA(3-\d{3}|-512\/\d{3})$/u),
      })
  })

  it('altered: the MAC tells', async () => {
    const bytes = await made([])
    const at = bytes.length - 200
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await expect(open(bytes, password)).rejects.toMatchObject({
      code: 'wrong-password',
      detail: expect.stringContaining('altered'),
    })
  })

  it('with a MAC of another length than its hash is damaged, before a single round is computed', async () => {
    const [version, content, mac] = childrenOf(readElement(await made(legacy)))
    const [info, salt] = childrenOf(mac ?? readElement(new Uint8Array()))
    const [algorithm] = childrenOf(info ?? readElement(new Uint8Array()))
    const endless = sequence(algorithm?.raw ?? nothing, octetString(new Uint8Array(1_000_000)))
    const rounds = integer(9_999_999)
    const file = sequence(
      version?.raw ?? nothing,
      content?.raw ?? nothing,
      sequence(endless, salt?.raw ?? nothing, rounds),
    )
    await expect(open(file, password)).rejects.toMatchObject({ code: 'malformed' })
  })
})
