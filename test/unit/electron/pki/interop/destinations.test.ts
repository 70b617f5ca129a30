import { cp, mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { writeFiles } from '#electron/pki/convert/index'
import type { Destination, KeyProtection } from '#shared/model/convert'
import type { KeyAlgorithm } from '#shared/model/key'
import { makeSmallPki, type SmallPki } from '../../../../support/certificates'
import { privateHalf } from '../../../../support/key-bytes'
import { openWorkshop, type Workshop } from '../../../../support/openssl'
import { partOfToday } from '../../../../support/rounds'

/**
 * Every destination that is a PKCS#12, opened by the programs of others; Wine's crypt32 opens them in the suite of the
 * Windows store. Beside RSA, one of each profile for the curves.
 */
const all: [KeyAlgorithm, Destination][] = [
  ['rsa-2048', 'macos'],
  ['rsa-2048', 'windows'],
  ['rsa-2048', 'firefox'],
  ['rsa-2048', 'java'],
  ['rsa-2048', 'openssl'],
  ['p-256', 'windows'],
  ['p-256', 'java'],
  ['p-384', 'windows'],
  ['p-384', 'java'],
]
const cases = partOfToday(all, 3)
const password = 'correct horse'

let workshop: Workshop
const pkis = new Map<KeyAlgorithm, SmallPki>()
beforeAll(async () => {
  workshop = await openWorkshop()
  await workshop.write('password', password)
  await mkdir(workshop.path('empty'))
  await workshop.run('certutil', ['-N', '-d', 'sql:empty', '--empty-password'])
  const now = new Date()
  for (const kind of new Set(cases.map(([kind]) => kind))) pkis.set(kind, await makeSmallPki(now, kind))
})
afterAll(() => workshop.remove())

function pkiOf(kind: KeyAlgorithm): SmallPki {
  const pki = pkis.get(kind)
  if (pki === undefined) throw new Error(`no ${kind}`)
  return pki
}

async function write(destination: Destination, pki: SmallPki, protection: KeyProtection): Promise<string> {
  const { client, intermediate, root } = pki
  const chain = [intermediate.certificate, root.certificate]
  // The key is wiped once it is written.
  const chosen = { pkcs8: Uint8Array.from(client.pkcs8), certificate: client.certificate, chain }
  const [file, ...others] = await writeFiles({ chosen, destination, protection })
  if (file === undefined || others.length > 0) throw new Error('one file was to be written')
  return workshop.write(`${destination}.p12`, file.bytes)
}

/** What openssl finds in a PKCS#12 under the password. */
async function opened(file: string, options: string[] = []) {
  const pem = await workshop.openssl('pkcs12', '-in', file, '-passin', 'file:password', '-nodes', ...options)
  const blocks = (label: string) => decodePem(pem).filter((block) => block.label === label)
  return {
    keys: blocks('PRIVATE KEY').map(({ der }) => privateHalf(der)),
    certificates: blocks('CERTIFICATE').map(({ der }) => encodePem('CERTIFICATE', der)),
  }
}

/** A request that NSS signs with its key for “John Doe”, as openssl sees it: whether it verifies, and the public key. */
async function signedByNss(database: string): Promise<string> {
  const request = `${database}.csr`
  await workshop.run('certutil', ['-R', '-d', `sql:${database}`, '-k', 'John Doe', '-s', 'CN=proof', '-o', request])
  const reading = ['req', '-inform', 'DER', '-in', request, '-verify', '-noout', '-pubkey']
  // openssl tells on its standard error whether it verifies.
  return workshop.run('sh', ['-c', 'openssl "$@" 2>&1', 'sh', ...reading])
}

const java = (...args: string[]) => workshop.run('keytool', args)
/** Seconds for each file, so it is asked once, and for its own files: what Electron's engine makes, the other two open. */
const isNode = process.versions['electron'] === undefined
const javaSource = (file: string) => ['-srckeystore', file, '-srcstoretype', 'PKCS12', '-srcstorepass:file', 'password']

describe.each(cases)('%s for %s', (kind, destination) => {
  let pki: SmallPki
  let file: string
  beforeAll(async () => {
    pki = pkiOf(kind)
    file = await write(destination, pki, { password, plain: false })
  })
  const whole = () => ({
    keys: [privateHalf(pki.client.pkcs8)],
    certificates: [pki.client, pki.intermediate, pki.root].map((one) => encodePem('CERTIFICATE', one.certificate)),
  })

  it('openssl finds the key, the certificate and its issuers', async () => {
    // OpenSSL 3 leaves what every Keychain and every Windows reads to its legacy provider.
    const legacy = destination === 'macos' || destination === 'windows' ? ['-legacy'] : []
    expect(await opened(file, legacy)).toEqual(whole())
  })

  it('NSS imports it all and signs with the key', async () => {
    const database = `${kind}-${destination}`
    await cp(workshop.path('empty'), workshop.path(database), { recursive: true })
    await workshop.run('pk12util', ['-i', file, '-d', `sql:${database}`, '-w', 'password'])
    const said = await signedByNss(database)
    expect(said).toContain('self-signature verify OK')
    expect(said).toContain(encodePem('PUBLIC KEY', pki.client.spki).trim())
    const held = await workshop.run('certutil', ['-L', '-d', `sql:${database}`])
    expect(held.match(/^(John Doe|Small Intermediate|Small Root) /gmu)).toHaveLength(3)
  })

  it.runIf(isNode && destination === 'java')('Java takes out the key, the certificate and its issuers', async () => {
    const taken = `${kind}-${destination}.p12`
    const target = ['-destkeystore', taken, '-deststoretype', 'PKCS12', '-deststorepass:file', 'password']
    await java('-importkeystore', '-noprompt', ...javaSource(file), ...target)
    expect(await opened(taken)).toEqual(whole())
  })
})

describe('a password that is not ASCII', () => {
  it.each(['pässwörd', 'пароль', 'tab\tulator'])(
    'Java does not take “%s”, so nothing is written for it',
    async (odd) => {
      const refused = write('java', pkiOf('p-256'), { password: odd, plain: false })
      await expect(refused).rejects.toMatchObject({ code: 'invalid-input', detail: expect.stringContaining('ASCII') })
    },
  )

  it.runIf(isNode)('is refused by Java whoever wrote the file', async () => {
    const { client } = pkiOf('p-256')
    await workshop.write('odd', 'pässwörd')
    await workshop.write('key.pem', encodePem('PRIVATE KEY', client.pkcs8))
    await workshop.write('certificate.pem', encodePem('CERTIFICATE', client.certificate))
    const files = ['-inkey', 'key.pem', '-in', 'certificate.pem', '-out', 'theirs.p12', '-passout', 'file:odd']
    await workshop.openssl('pkcs12', '-export', ...files)
    for (const encoding of ['UTF-8', 'ISO-8859-1']) {
      const listed = java(`-J-Dfile.encoding=${encoding}`, '-list', '-keystore', 'theirs.p12', '-storepass:file', 'odd')
      await expect(listed).rejects.toThrow(/keytool/u)
    }
  })
})
