import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { writePkcs7 } from '#electron/pki/containers/pkcs7'
import { encryptPkcs8, traditionalKey } from '#electron/pki/containers/private-keys'
import { makeSmallPki, type SmallPki } from '../../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

let workshop: Workshop
let pkis: { rsa: SmallPki; elliptic: SmallPki }
beforeAll(async () => {
  workshop = await openWorkshop()
  const now = new Date()
  pkis = { rsa: await makeSmallPki(now, 'rsa-2048'), elliptic: await makeSmallPki(now) }
})
afterAll(() => workshop.remove())

const kinds = ['rsa', 'elliptic'] as const
const open = (bytes: Uint8Array, password: string | null) => openFile({ name: 'file', bytes, password })

/** What openssl says the public half is, as DER. */
async function publicHalf(file: string, password: string, options: string[] = []): Promise<Uint8Array> {
  const reading = ['-in', file, '-passin', `pass:${password}`, ...options]
  await workshop.openssl('pkey', ...reading, '-pubout', '-outform', 'DER', '-out', 'public.der')
  return workshop.read('public.der')
}

describe.each(kinds)('a key written here, %s', (kind) => {
  it.each(['pässwörd €', 'a'])('encrypted under “%s”, is read by openssl and here', async (password) => {
    const { pkcs8, spki } = pkis[kind].client
    const der = encryptPkcs8(pkcs8, password)
    await workshop.write('ours.der', der)
    await workshop.write('ours.pem', encodePem('ENCRYPTED PRIVATE KEY', der))
    expect(Buffer.from(spki).equals(await publicHalf('ours.pem', password))).toBe(true)
    expect(Buffer.from(spki).equals(await publicHalf('ours.der', password, ['-inform', 'DER']))).toBe(true)
    expect((await open(der, password)).keys.map((key) => Buffer.from(key.spki))).toEqual([Buffer.from(spki)])
    await expect(open(der, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
  })

  it('in the traditional form, is read by openssl and here', async () => {
    const { pkcs8, spki } = pkis[kind].client
    const { label, der } = traditionalKey(pkcs8)
    const pem = encodePem(label, der)
    await workshop.write('ours.pem', pem)
    expect(Buffer.from(spki).equals(await publicHalf('ours.pem', 'none'))).toBe(true)
    const { keys } = await open(Buffer.from(pem), null)
    expect(keys.map((key) => Buffer.from(key.spki))).toEqual([Buffer.from(spki)])
  })

  it('never repeats a salt', () => {
    const { pkcs8 } = pkis[kind].client
    expect(Buffer.from(encryptPkcs8(pkcs8, 'x')).equals(encryptPkcs8(pkcs8, 'x'))).toBe(false)
  })
})

describe.each(kinds)('PKCS#7 written here, %s', (kind) => {
  it.each(['DER', 'PEM'])('%s: is read by openssl and here, in order', async (form) => {
    const { client, intermediate, root } = pkis[kind]
    const certificates = [client, intermediate, root].map(({ certificate }) => certificate)
    const der = writePkcs7(certificates)
    const bytes = form === 'DER' ? der : Buffer.from(encodePem('PKCS7', der))
    await workshop.write('ours.p7b', bytes)
    const text = await workshop.openssl('pkcs7', '-in', 'ours.p7b', '-inform', form, '-print_certs')
    const wanted = certificates.map((one) => Buffer.from(one))
    const seen = await open(Buffer.from(text), null)
    expect(seen.certificates.map((one) => Buffer.from(one.der))).toEqual(wanted)
    expect((await open(bytes, null)).certificates.map((one) => Buffer.from(one.der))).toEqual(wanted)
  })
})
