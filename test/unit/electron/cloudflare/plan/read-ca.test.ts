import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCa } from '#electron/cloudflare/plan/read-ca'
import { createLabPki } from '#electron/lab/pki'
import { certificatePem, certificatesIn } from '#electron/pki/x509/pem'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

let workshop: Workshop
const files: Record<string, string> = {}
/** After everything was made. */
let now: Date

async function makeRoot(name: string, ...key: string[]): Promise<void> {
  await workshop.openssl(
    ...['req', '-x509', '-nodes', ...key, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '30'],
    ...['-subj', `/CN=${name}`],
  )
  files[name] = String(await workshop.read(`${name}.pem`))
}

async function makeBelow(issuer: string, name: string, isCa: boolean): Promise<void> {
  await workshop.openssl(
    ...['req', '-new', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    ...['-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`],
  )
  await workshop.write('ext', `basicConstraints=critical,CA:${isCa ? 'TRUE' : 'FALSE'}\n`)
  await workshop.openssl(
    ...['x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'],
    ...['-days', '20', '-extfile', 'ext', '-out', `${name}.pem`],
  )
  files[name] = String(await workshop.read(`${name}.pem`))
  files[`${name}.key`] = String(await workshop.read(`${name}.key`))
  files[`${name}.csr`] = String(await workshop.read(`${name}.csr`))
}

beforeAll(async () => {
  workshop = await openWorkshop()
  await makeRoot('root', '-newkey', 'rsa:2048')
  await makeRoot('stranger', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256')
  await makeRoot('ed25519', '-newkey', 'ed25519')
  await makeRoot('pss', '-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048')
  await makeRoot('pss-signature', '-newkey', 'rsa:2048', '-sigopt', 'rsa_padding_mode:pss')
  await makeBelow('root', 'issuing', true)
  await makeBelow('issuing', 'leaf', false)
  const { clientRoot, clientIntermediate } = await createLabPki(new Date())
  files['practice'] = [clientIntermediate, clientRoot].map(({ certificate }) => certificatePem(certificate)).join('')
  now = new Date()
})
afterAll(() => workshop.remove())

const read = (...names: string[]) => readCa(names.map((name) => files[name] ?? name).join('\n'), now)

const md5 = (name: string) => {
  const [der = new Uint8Array()] = certificatesIn(files[name] ?? '')
  return createHash('md5').update(der).digest('hex')
}

describe('a CA that is to be uploaded', () => {
  test('is read with the fingerprints of all its certificates, and the earliest end', () => {
    const { ca: found } = read('issuing', 'root')
    expect(found?.bundle).toEqual([md5('issuing'), md5('root')])
    expect(new Date(found?.expiresOn ?? '').getTime() - now.getTime()).toBeLessThan(21 * 86_400_000)
    expect(read('root').ca?.bundle).toEqual([md5('root')])
  })

  test('is sent without whatever else was in the file', () => {
    const { ca: found } = readCa(`Subject: our CA\n${files['root']}\nthe end`, now)
    expect(found?.pem).toBe(files['root'])
  })

  test.each<[string[], string, string]>([
    [[], 'no-certificate', ''],
    [['no PEM at all'], 'no-certificate', ''],
    [['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'], 'unreadable', ''],
    [['root', 'leaf.key'], 'private-key', ''],
    [['leaf.csr', 'root'], 'request', ''],
    [['leaf', 'issuing', 'root'], 'leaf', 'leaf'],
    [['ed25519'], 'algorithm', 'ed25519: '],
    [['pss'], 'algorithm', 'pss: '],
    [['pss-signature'], 'algorithm', 'pss-signature: '],
    [['root', 'issuing'], 'order', 'root'],
    [['issuing'], 'incomplete', 'issuing'],
    [['issuing', 'stranger'], 'incomplete', 'issuing'],
    [['practice'], 'practice', 'Latchkey Practice Root'],
  ])('%j is refused before the upload: %s', (names, why, detail) => {
    const reading = read(...names)
    expect(reading).toMatchObject({ ca: null, refusal: { why } })
    if (reading.ca === null) expect(reading.refusal.detail).toContain(detail)
  })

  test.each([
    ['expired', 40],
    ['not valid yet', -1],
  ])('that is %s is refused', (_how, days) => {
    const at = new Date(now.getTime() + days * 86_400_000)
    expect(readCa(files['root'] ?? '', at)).toMatchObject({ refusal: { why: 'not-valid' } })
  })
})
