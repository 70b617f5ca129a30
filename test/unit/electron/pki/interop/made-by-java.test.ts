import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { decodePem } from '#electron/pki/containers/pem'
import { base64, type Held, heldIn, makeForeignKey } from '../../../../support/foreign-keys'
import { privateHalf } from '../../../../support/key-bytes'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** The keystores that Java's own tool writes; what is in them, openssl says. */
const password = 'correct horse'
let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.write('password', password)
})
afterAll(() => workshop.remove())

const open = async (file: string, given: string | null) =>
  openFile({ name: file, bytes: await workshop.read(file), password: given })
const inStore = (file: string) => ['-keystore', file, '-storetype', 'PKCS12', '-storepass:file', 'password']
const java = (...args: string[]) => workshop.run('keytool', args)

async function heldAsOpensslSays(file: string): Promise<{ privateHalves: string[]; certificates: string[] }> {
  const pem = await workshop.openssl('pkcs12', '-in', file, '-passin', 'file:password', '-nodes', '-legacy')
  const blocks = (label: string) => decodePem(pem).filter((block) => block.label === label)
  return {
    privateHalves: blocks('PRIVATE KEY').map(({ der }) => privateHalf(der)),
    certificates: blocks('CERTIFICATE').map(({ der }) => base64(der)),
  }
}

async function isReadAsOpensslDoes(file: string, entries: number): Promise<Held> {
  const held = heldIn(await open(file, password))
  const wanted = await heldAsOpensslSays(file)
  expect(wanted.privateHalves).toHaveLength(entries)
  expect(held.keys.map((key) => key.privateHalf)).toEqual(wanted.privateHalves)
  expect(held.certificates).toEqual(wanted.certificates)
  await expect(open(file, 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
  await expect(open(file, null)).rejects.toMatchObject({ code: 'password-needed' })
  return held
}

describe('a keystore', () => {
  it('of many entries: RSA and EC keys, an issuer, and a secret that is passed over', async () => {
    await workshop.write('secret', 'a stored password\na stored password\n')
    const secret = ['keytool', '-importpass', '-alias', 'secret', ...inStore('many.p12')]
    await workshop.run('sh', ['-c', '"$@" < secret', 'sh', ...secret])
    await expect(open('many.p12', password)).rejects.toMatchObject({
      code: 'nothing-usable',
      detail: expect.stringContaining('a secret'),
    })
    for (const [alias, algorithm] of [
      ['rsa', ['RSA', '-keysize', '2048']],
      ['p256', ['EC', '-groupname', 'secp256r1']],
      ['p521', ['EC', '-groupname', 'secp521r1']],
    ] as const) {
      const entry = ['-alias', alias, '-dname', `CN=${alias}`, '-keyalg', ...algorithm]
      await java('-genkeypair', ...entry, ...inStore('many.p12'))
    }
    const issuer = await makeForeignKey(workshop, 'p-256')
    await java('-importcert', '-noprompt', '-alias', 'issuer', '-file', 'p-256.pem', ...inStore('many.p12'))
    const held = await isReadAsOpensslDoes('many.p12', 3)
    expect(held.certificates).toHaveLength(4)
    expect(held.certificates).toContain(issuer.certificates[0])
    const { keys } = await open('many.p12', password)
    expect(keys.map(({ label }) => label).sort()).toEqual(['p256', 'p521', 'rsa'])
  })

  it('with the algorithms of before Java 8u301 (RC2-40, 3DES, SHA-1)', async () => {
    const entry = ['-alias', 'old', '-dname', 'CN=old', '-keyalg', 'EC', '-groupname', 'secp256r1']
    await java('-J-Dkeystore.pkcs12.legacy', '-genkeypair', ...entry, ...inStore('old.p12'))
    await isReadAsOpensslDoes('old.p12', 1)
  })

  it('of trusted certificates alone', async () => {
    const { certificates } = await makeForeignKey(workshop, 'p-384')
    await java('-importcert', '-noprompt', '-alias', 'ca', '-file', 'p-384.pem', ...inStore('trust.p12'))
    const held = await isReadAsOpensslDoes('trust.p12', 0)
    expect(held).toEqual({ keys: [], certificates })
  })

  it('of trusted certificates in the open, without a MAC: nobody is asked for a password', async () => {
    const { certificates } = await makeForeignKey(workshop, 'p-256')
    const open17 = ['certProtectionAlgorithm', 'macAlgorithm'].map((name) => `-J-Dkeystore.pkcs12.${name}=NONE`)
    const entry = ['-importcert', '-noprompt', '-alias', 'ca', '-file', 'p-256.pem']
    await java(...open17, ...entry, ...inStore('open.p12'))
    expect(heldIn(await open('open.p12', null))).toEqual({ keys: [], certificates })
    expect(heldIn(await open('open.p12', 'any'))).toEqual({ keys: [], certificates })
  })
})
