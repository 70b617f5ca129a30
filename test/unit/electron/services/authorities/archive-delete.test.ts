import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decodePem } from '#electron/pki/containers/pem'
import { IssuedPage } from '#shared/model/authority'
import { Page } from '#shared/model/page'
import { isListed, type Office, openOffice, passphrase } from '../../../../support/authorities'
import { temporaryFolder } from '../../../../support/home'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

let workshop: Workshop
let office: Office
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())
beforeEach(() => {
  office = openOffice(temporaryFolder())
})
afterEach(() => office.close())

const all = IssuedPage.parse({ authority: null })
const lastLine = async () => (await office.database.activity.list(Page.parse({ limit: 1 }))).rows[0]

describe('an archived issuer', () => {
  it('is marked, noted once, still watched, and comes back', async () => {
    const root = await office.create('Acme Root')
    await office.issueTo(root, ['Ada'])
    await office.writeCrl(root)
    expect((await office.authorities.archive(root.id, true)).archivedAt).not.toBeNull()
    expect(await lastLine()).toMatchObject({ kind: 'issuer-archived', about: 'Acme Root' })
    const { total } = await office.database.activity.list(Page.parse({}))
    await office.authorities.archive(root.id, true)
    expect((await office.database.activity.list(Page.parse({}))).total).toBe(total)
    office.later(31)
    const [listed] = await office.authorities.list()
    expect(listed).toMatchObject({ hasKey: true, issued: 1, crlDue: 'now' })
    expect((await office.authorities.archive(root.id, false)).archivedAt).toBeNull()
    expect(await lastLine()).toMatchObject({ kind: 'issuer-brought-back' })
  })
})

describe('an issuer that is deleted', () => {
  it('needs its name, and takes its key, its list and its CRL with it; those below keep their chain', async () => {
    const root = await office.create('Acme Root')
    const ca = await office.create('Acme Clients', root, { days: 500 })
    const issued = await office.issueTo(ca, ['Ada', 'Bob'])
    const [ada] = issued
    if (ada === undefined) throw new Error('nothing issued')
    await office.authorities.revoke(ada.sha256, 'superseded')
    await office.writeCrl(ca)
    const { pem: chain } = await office.authorities.chainFile(ca.id)
    expect(await office.authorities.deletion(root.id)).toMatchObject({
      name: 'Acme Root',
      keys: [{ id: root.id, hasKey: true }],
      issued: 1,
      live: 1,
      below: ['Acme Clients'],
    })
    await expect(office.authorities.delete(root.id, 'acme root')).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await office.vault.has('authority-key', root.id)).toBe(true)

    await office.authorities.delete(root.id, ' Acme Root ')
    expect(await office.vault.ids('authority-key')).toEqual([ca.id])
    expect(await office.vault.certificate(root.id)).toBeNull()
    expect(await lastLine()).toMatchObject({ kind: 'issuer-deleted', about: 'Acme Root' })
    expect((await office.authorities.chainFile(ca.id)).pem).toBe(chain)
    expect(await office.authorities.detail(ca.id)).toMatchObject({ chainComplete: true, summary: { parent: null } })
    expect(await office.database.operations.unfinished()).toEqual([])

    expect(await office.authorities.deletion(ca.id)).toMatchObject({ issued: 2, live: 1, revocations: 1, hasCrl: true })
    await office.authorities.delete(ca.id, 'Acme Clients')
    expect(await office.authorities.list()).toEqual([])
    expect((await office.authorities.issued(all)).total).toBe(0)
    expect((await office.authorities.issued({ ...all, search: 'ada' })).total).toBe(0)
    expect(await office.vault.ids('authority-key')).toEqual([])
  })

  it('comes back above those below it by an import, once in their chain', async () => {
    const root = await office.create('Acme Root')
    const ca = await office.create('Acme Clients', root, { days: 500 })
    const { pem } = await office.authorities.chainFile(root.id)
    await office.authorities.delete(root.id, 'Acme Root')
    const back = await office.authorities.import([{ name: 'root.pem', bytes: Buffer.from(pem) }], null, null)
    const { summary, chain } = await office.authorities.detail(ca.id)
    expect(summary.parent).toBe(back.id)
    expect(chain).toHaveLength(2)
  })

  it('takes the other keys of its name with it once they share revocations, and not before', async () => {
    const old = await office.create('Acme Root')
    const next = await office.rollOver(old, null)
    expect((await office.authorities.deletion(next.id)).keys).toHaveLength(1)
    const [ada] = await office.issueTo(next, ['Ada'])
    if (ada === undefined) throw new Error('nothing issued')
    await office.authorities.revoke(ada.sha256, 'superseded')
    expect((await office.authorities.deletion(old.id)).keys.map(({ id }) => id)).toEqual([old.id, next.id])
    await office.authorities.delete(old.id, 'Acme Root')
    expect(await office.authorities.list()).toEqual([])
    expect(await office.vault.ids('authority-key')).toEqual([])
  })

  it('leaves its predecessor, which then has no successor', async () => {
    const old = await office.create('Acme Root')
    const next = await office.rollOver(old, null)
    await office.authorities.delete(next.id, 'Acme Root')
    expect(await office.authorities.list()).toMatchObject([{ id: old.id, successor: null }])
  })
})

describe('an exported issuer', () => {
  const password = 'another long password'

  async function exported(id: Parameters<Office['authorities']['export']>[0]): Promise<Uint8Array> {
    const p12 = await office.authorities.export(id, { passphrase, password }, async (file) => file.p12)
    if (p12 === null) throw new Error('nothing exported')
    return p12
  }

  it('is read by openssl, encrypted with AES-256 and with its chain', async () => {
    const root = await office.create('Acme Root')
    const ca = await office.create('Acme Clients', root, { days: 500 })
    await office.writeCrl(ca)
    await workshop.write('ca.p12', await exported(ca.id))
    const open = ['pkcs12', '-in', 'ca.p12', '-passin', `pass:${password}`]
    const pem = await workshop.openssl(...open, '-nodes')
    await workshop.write('all.pem', pem)
    const [leaf, above] = decodePem(pem).filter(({ label }) => label === 'CERTIFICATE')
    expect([leaf?.der, above?.der].map((der) => der && Buffer.from(der).length)).not.toContain(undefined)
    expect(await workshop.openssl('pkey', '-in', 'all.pem', '-pubout')).toBe(
      await workshop.openssl('x509', '-in', 'all.pem', '-noout', '-pubkey'),
    )
    const about = await workshop.run('sh', [
      '-c',
      `openssl ${open.map((word) => `'${word}'`).join(' ')} -info -noout 2>&1`,
    ])
    expect(about).toContain('AES-256-CBC')
    await expect(workshop.openssl('pkcs12', '-in', 'ca.p12', '-passin', 'pass:wrong', '-noout')).rejects.toThrow()
    expect(await lastLine()).toMatchObject({ kind: 'issuer-exported', about: 'Acme Clients' })
  })

  it('goes on elsewhere with its revocations and its CRL number', async () => {
    const root = await office.create('Acme Root')
    const [ada] = await office.issueTo(root, ['Ada'])
    if (ada === undefined) throw new Error('nothing issued')
    await office.writeCrl(root)
    await office.authorities.revoke(ada.sha256, 'key-compromise')
    await office.writeCrl(root)
    const p12 = await exported(root.id)
    const elsewhere = openOffice(temporaryFolder())
    try {
      const back = await elsewhere.authorities.import([{ name: 'ca.p12', bytes: p12 }], password, passphrase)
      expect(back).toMatchObject({ hasKey: true, revocations: 1, crl: { number: '2', entries: 1 } })
      expect((await elsewhere.writeCrl(back)).crl?.number).toBe('3')
      expect(isListed(await elsewhere.crl(back), ada)).toBe(true)
    } finally {
      await elsewhere.close()
    }
  })

  it('is refused with a wrong passphrase or a weak password, and noted only once it was saved', async () => {
    const root = await office.create('Acme Root')
    const attempt = (secrets: { passphrase: string; password: string }) =>
      office.authorities.export(root.id, secrets, async () => null)
    await expect(attempt({ passphrase: 'wrong horse', password })).rejects.toMatchObject({ code: 'passphrase-wrong' })
    await expect(attempt({ passphrase, password: 'short' })).rejects.toMatchObject({ code: 'passphrase-weak' })
    expect(await attempt({ passphrase, password })).toBeNull()
    expect(await lastLine()).toMatchObject({ kind: 'issuer-created' })
  })
})
