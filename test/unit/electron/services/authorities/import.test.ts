import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decodePem } from '#electron/pki/containers/pem'
import { readCrl } from '#electron/pki/crl/read'
import { type Office, openOffice, passphrase } from '../../../../support/authorities'
import { temporaryFolder } from '../../../../support/home'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'

/** The CA of the walkthrough, as somebody made it with openssl, moves in. */
let walk: Walkthrough
let blank: Walkthrough
let office: Office
const password = 'walkthrough-password'

beforeAll(async () => {
  walk = await walkThrough()
  blank = await walkThrough({ blankNames: true })
  await walk.openssl(
    'pkcs8',
    '-topk8',
    '-nocrypt',
    '-in',
    'intermediate.key',
    '-passin',
    `pass:${password}`,
    '-out',
    'plain.key',
  )
  const edwards = ['-newkey', 'ed25519', '-nodes', '-keyout', 'edwards.key', '-out', 'edwards.pem']
  await walk.openssl('req', '-x509', ...edwards, '-subj', '/CN=Edwards CA')
  const p12 = ['pkcs12', '-export', '-inkey', 'plain.key', '-in', 'intermediate.pem', '-certfile', 'rootCA.pem']
  await walk.openssl(...p12, '-out', 'ca.p12', '-passout', 'pass:bundle')
})
afterAll(async () => {
  await walk.remove()
  await blank.remove()
})
beforeEach(() => {
  office = openOffice(temporaryFolder())
})
afterEach(() => office.close())

const files = (from: Walkthrough, ...names: string[]) =>
  Promise.all(names.map(async (name) => ({ name, bytes: await from.read(name) })))
async function bring(names: string[], word: string | null = null, guard: string | null = passphrase, from = walk) {
  return office.authorities.import(await files(from, ...names), word, guard)
}

describe('an issuer made elsewhere', () => {
  it('comes with an encrypted key, finds its root later, and signs', async () => {
    await expect(bring(['intermediate.pem', 'intermediate.key'])).rejects.toMatchObject({ code: 'password-needed' })
    await expect(bring(['intermediate.key', 'intermediate.pem'], 'wrong')).rejects.toMatchObject({
      code: 'wrong-password',
    })
    const ca = await bring(['intermediate.key', 'intermediate.pem'], password)
    expect(ca).toMatchObject({ name: 'Walkthrough Intermediate', hasKey: true, isRoot: false, parent: null })
    expect((await office.authorities.detail(ca.id)).chainComplete).toBe(false)
    const root = await bring(['rootCA.pem'], null, null)
    expect(root).toMatchObject({ name: 'Walkthrough Root', hasKey: false, isRoot: true })
    expect(await office.authorities.detail(ca.id)).toMatchObject({ chainComplete: true, summary: { parent: root.id } })
    const { issued } = await office.issueAll(ca, { 'ada.csr': (await office.request('Ada')).pem })
    const { pem } = await office.authorities.issuedFile(issued.map(({ sha256 }) => sha256))
    await walk.write('ours.pem', pem)
    expect(await walk.openssl('verify', '-CAfile', 'ca-chain.pem', 'ours.pem')).toContain('OK')
    await expect(office.writeCrl(root)).rejects.toMatchObject({
      code: 'key-not-in-vault',
    })
  })

  it('comes in a PKCS#12 with the issuers above it', async () => {
    const ca = await bring(['ca.p12'], 'bundle')
    expect(ca).toMatchObject({ name: 'Walkthrough Intermediate', hasKey: true })
    const { chain, chainComplete } = await office.authorities.detail(ca.id)
    expect([chain.length, chainComplete]).toEqual([2, true])
  })

  it('may get its key later, once', async () => {
    const first = await bring(['ca-chain.pem'], null, null)
    expect(first).toMatchObject({ name: 'Walkthrough Intermediate', hasKey: false })
    await expect(bring(['intermediate.pem'], null, null)).rejects.toMatchObject({ code: 'already-present' })
    const second = await bring(['intermediate.pem', 'plain.key'])
    expect(second).toMatchObject({ id: first.id, hasKey: true })
    await expect(bring(['intermediate.pem', 'plain.key'])).rejects.toMatchObject({ code: 'already-present' })
  })

  it('brings its last CRL: what was revoked stays revoked, and the numbers go on', async () => {
    await walk.write('index.txt', 'R\t300101000000Z\t261101120000Z,superseded\t00C0FFEE\tunknown\t/CN=Eve\n')
    await walk.write('crlnumber', '1007\n')
    await walk.write('ca.cnf', '[ca]\ndefault_ca=x\n[x]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\n')
    const sign = ['-keyfile', 'plain.key', '-cert', 'intermediate.pem', '-crldays', '9', '-out', 'last.crl']
    await walk.openssl('ca', '-gencrl', '-config', 'ca.cnf', ...sign)
    const ca = await bring(['intermediate.pem', 'plain.key', 'last.crl'])
    expect(ca.crl).toMatchObject({ number: String(0x1007), entries: 1 })
    expect(ca.crlDue).toBe('no')
    const { crl } = await office.writeCrl(ca)
    expect(crl).toMatchObject({ number: String(0x1008), entries: 1 })
    const { content } = await office.authorities.crlFile(ca.id, 'pem')
    const [block] = decodePem(String(content))
    const entries = [...readCrl(block?.der ?? new Uint8Array()).entries()]
    expect(entries.map(({ serial, reason }) => [Buffer.from(serial).toString('hex'), reason])).toEqual([
      ['00c0ffee', 'superseded'],
    ])
  })

  it('without its last CRL counts beyond any number that it may have used', async () => {
    const ca = await bring(['intermediate.pem', 'plain.key'])
    const { crl } = await office.writeCrl(ca)
    expect(Number(crl?.number)).toBeGreaterThan(1_700_000_000)
  })

  it('may have the root’s own name, as the walkthrough’s blank fields make it', async () => {
    const ca = await bring(['intermediate.pem', 'intermediate.key'], password, passphrase, blank)
    const root = await bring(['rootCA.pem', 'rootCA.key'], password, passphrase, blank)
    expect(await office.authorities.detail(ca.id)).toMatchObject({ chainComplete: true, summary: { parent: root.id } })
  })
})

describe('what is not an issuer is refused, and nothing stays', () => {
  it.each<[string, string[], string]>([
    ['a client’s certificate', ['client.pem'], 'certificate-not-authority'],
    ['a leaf among issuers', ['ca-chain.pem', 'client.pem'], 'certificate-not-authority'],
    ['a key of something else', ['rootCA.pem', 'plain.key'], 'no-matching-key'],
    ['a request', ['client.csr'], 'nothing-usable'],
    ['an issuer with a key that Access refuses', ['edwards.pem', 'edwards.key'], 'unsupported-algorithm'],
  ])('%s', async (_what, names, code) => {
    await expect(bring(names)).rejects.toMatchObject({ code })
    expect(await office.authorities.list()).toEqual([])
    expect(await office.vault.ids('authority-key')).toEqual([])
  })

  it('a public key or a request is named, since there is no certificate', async () => {
    await walk.openssl('x509', '-in', 'intermediate.pem', '-pubkey', '-noout', '-out', 'public.pem')
    await expect(bring(['public.pem'])).rejects.toMatchObject({
      code: 'nothing-usable',
      detail: 'It holds a public key and no certificate.',
    })
    await expect(bring(['public.pem', 'client.csr'])).rejects.toMatchObject({
      code: 'nothing-usable',
      detail: 'The files hold a public key and a request (CSR), and no certificate.',
    })
  })

  it.each<[string, string | null, string]>([
    ['no passphrase', null, 'invalid-input'],
    ['a weak one', 'short', 'passphrase-weak'],
  ])('a key that is guarded by %s', async (_what, guard, code) => {
    await expect(bring(['intermediate.pem', 'plain.key'], null, guard)).rejects.toMatchObject({ code })
    expect(await office.authorities.list()).toEqual([])
  })
})
