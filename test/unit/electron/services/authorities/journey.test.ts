import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decodePem } from '#electron/pki/containers/pem'
import { IssuedPage } from '#shared/model/authority'
import { ObjectDetails } from '#shared/model/details'
import type { KeyCode } from '#shared/model/key'
import { Page } from '#shared/model/page'
import { type Office, openOffice, passphrase } from '../../../../support/authorities'
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

const page = (changes = {}) => IssuedPage.parse({ authority: null, ...changes })
async function crlCheck(leafPem: string, chainPem: string, crl: string | Uint8Array) {
  await workshop.write('leaf.pem', leafPem.slice(0, leafPem.indexOf('-----END CERTIFICATE-----') + 26))
  await workshop.write('chain.pem', chainPem)
  await workshop.write('list.pem', crl)
  return workshop.openssl('verify', '-crl_check', '-CAfile', 'chain.pem', '-CRLfile', 'list.pem', 'leaf.pem')
}

/** From now until after its end. */
const daysOver = ({ notAfter }: { notAfter: string }) => Math.ceil((Date.parse(notAfter) - Date.now()) / 86_400_000) + 1

describe('an administrator', () => {
  it('makes root and intermediate, issues, revokes and publishes; openssl agrees', async () => {
    const root = await office.create('Acme Root')
    const ca = await office.create('Acme Clients', root, { days: 500 })
    expect(ca).toMatchObject({ parent: root.id, isRoot: false, hasKey: true, crl: null, crlDue: 'no', issued: 0 })
    const [ada, bob] = [await office.request('Ada'), await office.request('Bob')]
    const { issued, refused } = await office.issueAll(ca, { 'ada.csr': ada.pem, 'bob.csr': bob.pem })
    expect(refused).toEqual([])
    expect(issued.map(({ commonName, keyCode, status }) => [commonName, keyCode, status])).toEqual([
      ['Ada', ada.keyCode, 'valid'],
      ['Bob', bob.keyCode, 'valid'],
    ])
    const [first, second] = issued
    if (first === undefined || second === undefined) throw new Error('nothing issued')
    const { pem: chain } = await office.authorities.chainFile(ca.id)
    const names = decodePem(chain).map(({ der }) => new X509Certificate(der).subject)
    expect(names).toEqual(['CN=Acme Clients', 'CN=Acme Root'])
    expect(await office.authorities.detail(root.id)).toMatchObject({ chainComplete: true, children: [{ id: ca.id }] })

    const revoked = await office.authorities.revoke(first.sha256, 'key-compromise')
    expect(revoked).toMatchObject({ status: 'revoked', reason: 'key-compromise' })
    expect(await office.authorities.revoke(first.sha256, 'superseded')).toEqual(revoked)
    expect((await office.authorities.list()).map(({ crlDue }) => crlDue)).toEqual(['no', 'now'])
    const written = await office.writeCrl(ca)
    expect(written).toMatchObject({ crlDue: 'no', revoked: 1, issued: 2, crl: { number: '1', entries: 1 } })
    const { content } = await office.authorities.crlFile(ca.id, 'pem')
    const { pem: adaPem } = await office.authorities.issuedFile([first.sha256])
    const { pem: bobPem } = await office.authorities.issuedFile([second.sha256])
    await expect(crlCheck(adaPem, chain, content)).rejects.toThrow(/certificate revoked/u)
    expect(await crlCheck(bobPem, chain, content)).toContain('OK')
    expect((await office.writeCrl(ca)).crl?.number).toBe('2')
  })

  it('is told of a name that somebody else’s key has already, as long as it counts', async () => {
    const root = await office.create('Acme Root')
    const [ada, other] = [await office.request('Ada'), await office.request('ADA')]
    const { issued } = await office.issueAll(root, { 'ada.csr': ada.pem })
    const namesake = (keyCode: KeyCode) => office.authorities.namesake(' ada ', keyCode)
    expect(await namesake(other.keyCode)).toEqual(issued[0])
    expect(await namesake(ada.keyCode)).toBeNull()
    await office.issueAll(root, { 'other.csr': other.pem }, 200)
    expect(await namesake(ada.keyCode)).toMatchObject({ keyCode: other.keyCode })
    office.later(101)
    expect(await namesake(other.keyCode)).toBeNull()
    const [newer] = (await office.authorities.issued(page({ search: other.keyCode }))).rows
    if (newer === undefined) throw new Error('nothing issued')
    await office.authorities.revoke(newer.sha256, 'superseded')
    expect(await namesake(ada.keyCode)).toBeNull()
  })

  it.each([
    [['email:ada@acme.dev'], 'ada@acme.dev'],
    [['email:ada@acme.dev', 'email:it@acme.dev'], null],
    [['DNS:ada.acme.dev'], null],
  ])('has a message ready for the only address among %j', async (names, to) => {
    const root = await office.create('Acme Root')
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ada.key']
    const more = ['-subj', '/CN=Ada', '-addext', `subjectAltName=${names.join()}`]
    const { issued, refused } = await office.issueAll(root, {
      'ada.csr': await workshop.openssl('req', '-new', ...key, ...more),
    })
    expect(refused).toEqual([])
    const [ada] = issued
    if (ada === undefined) throw new Error('nothing issued')
    const message = await office.authorities.issuedMessage(ada.sha256)
    expect(message).toMatchObject({ to, subject: 'Client certificate: Ada' })
    expect(message.body).toContain('-----BEGIN CERTIFICATE-----')
  })

  it('is warned before a CRL ends', async () => {
    const root = await office.create('Acme Root')
    await office.writeCrl(root)
    const due = async () => (await office.authorities.detail(root.id)).summary.crlDue
    expect(await due()).toBe('no')
    office.later(24)
    expect(await due()).toBe('soon')
    office.later(7)
    expect(await due()).toBe('now')
  })

  it('issues to somebody on this very computer', async () => {
    const root = await office.create('Acme Root')
    const { id } = await office.request('Ada')
    const outcome = await office.authorities.issueToIdentity({ authority: root.id, passphrase }, id, 90)
    expect(outcome).toMatchObject({ kind: 'imported', identity: { id, status: 'issued', issuer: 'CN=Acme Root' } })
    expect(await office.authorities.issued(page())).toMatchObject({ total: 1, rows: [{ commonName: 'Ada' }] })
  })

  it('files what was issued before Latchkey ended, instead of issuing it again', async () => {
    const root = await office.create('Acme Root')
    const [ada, eve] = [await office.request('Ada'), await office.request('Ada')]
    const signature = { authority: root.id, passphrase }
    const all = async () => (await office.authorities.issued(page())).rows.map(({ sha256 }) => sha256)
    // As a kill between the record and the filing leaves it.
    await office.issueAll(root, { 'ada.csr': ada.pem }, 90)
    const first = await all()
    expect(await office.authorities.issueToIdentity(signature, ada.id, 90)).toMatchObject({
      kind: 'imported',
      identity: { id: ada.id, status: 'issued' },
    })
    expect(await all()).toEqual(first)
    // Another key of the same name, other dates, what was revoked, and a renewal get their own.
    await office.authorities.issueToIdentity(signature, eve.id, 90)
    expect(await all()).toHaveLength(2)
    await office.authorities.issueToIdentity(signature, ada.id, 90)
    expect(await all()).toHaveLength(3)
    const bob = await office.request('Bob')
    await office.issueAll(root, { 'bob.csr': bob.pem }, 30)
    await office.authorities.issueToIdentity(signature, bob.id, 90)
    expect(await all()).toHaveLength(5)
    const lea = await office.request('Lea')
    const [revoked] = (await office.issueAll(root, { 'lea.csr': lea.pem }, 90)).issued
    if (revoked === undefined) throw new Error('nothing issued')
    await office.authorities.revoke(revoked.sha256, 'superseded')
    await office.authorities.issueToIdentity(signature, lea.id, 90)
    expect(await all()).toHaveLength(7)
  })

  it('renews, but never what was revoked', async () => {
    const root = await office.create('Acme Root')
    const { issued } = await office.issueAll(root, { 'ada.csr': (await office.request('Ada')).pem })
    const [old] = issued
    if (old === undefined) throw new Error('nothing issued')
    const details = await office.authorities.issuedDetails(old.sha256)
    expect(ObjectDetails.parse(details)).toMatchObject({ title: 'Ada', fingerprints: { sha256: old.sha256 } })
    const renewed = await office.authorities.renew(old.sha256, 200, passphrase)
    expect(renewed).toMatchObject({ commonName: 'Ada', keyCode: old.keyCode, authority: root.id })
    expect(renewed.serial).not.toBe(old.serial)
    await office.authorities.revoke(old.sha256, 'superseded')
    await expect(office.authorities.renew(old.sha256, 200, passphrase)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('finds each in the log', async () => {
    const root = await office.create('Acme Root')
    await office.issueAll(root, { 'ada.csr': (await office.request('Ada')).pem })
    await office.writeCrl(root)
    const { rows } = await office.database.activity.list(Page.parse({}))
    expect(rows.map(({ kind }) => kind)).toEqual([
      'crl-written',
      'certificates-issued',
      'request-made',
      'issuer-created',
    ])
  })
})

describe('an issuer', () => {
  it('needs a name of its own, but may take over from itself', async () => {
    const root = await office.create('Acme Root')
    await expect(office.create('ACME root')).rejects.toMatchObject({ code: 'invalid-input' })
    expect(() => office.create('ACME  root')).toThrow('two spaces')
    await expect(office.create('Acme Root', root)).rejects.toMatchObject({ code: 'invalid-input' })
    const next = await office.rollOver(root, null)
    expect(next).toMatchObject({ name: 'Acme Root', isRoot: true, algorithm: 'EC P-256', successor: null })
    expect((await office.authorities.detail(root.id)).summary.successor).toBe(next.id)
    await expect(office.rollOver(root, null)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await office.vault.ids('authority-key')).toHaveLength(2)
  })

  it('is known with its successor as one: renewals go to the new key, both CRLs list everything', async () => {
    const root = await office.create('Acme Root')
    const files = { 'ada.csr': (await office.request('Ada')).pem, 'bob.csr': (await office.request('Bob')).pem }
    const { issued } = await office.issueAll(root, files)
    const next = await office.rollOver(root, null)
    const [ada, bob] = issued
    if (ada === undefined || bob === undefined) throw new Error('nothing issued')
    expect((await office.authorities.renew(ada.sha256, 1500, passphrase)).authority).toBe(next.id)
    await office.authorities.revoke(bob.sha256, 'superseded')
    for (const [place, one] of [root, next].entries()) {
      const { crl } = await office.writeCrl(one)
      expect(crl).toMatchObject({ number: String(place + 1), entries: 1 })
    }
    const both = (await office.authorities.chainFile(root.id)).pem + (await office.authorities.chainFile(next.id)).pem
    const lists = await Promise.all([root, next].map(({ id }) => office.authorities.crlFile(id, 'pem')))
    const text = lists.map(({ content }) => String(content)).join('')
    const { pem } = await office.authorities.issuedFile([bob.sha256])
    await expect(crlCheck(pem, both, text)).rejects.toThrow(/certificate revoked/u)
  })

  it('lists what was revoked until a list has said so after its end, and forgets nothing new meanwhile', async () => {
    const root = await office.create('Acme Root')
    const files = { 'ada.csr': (await office.request('Ada')).pem, 'bob.csr': (await office.request('Bob')).pem }
    const { issued } = await office.issueAll(root, files)
    const [ada, bob] = issued
    if (ada === undefined || bob === undefined) throw new Error('nothing issued')
    const write = async () => {
      const { crl, crlDue } = await office.writeCrl(root)
      return { entries: crl?.entries, crlDue }
    }
    const due = async () => (await office.authorities.detail(root.id)).summary.crlDue
    await office.authorities.revoke(ada.sha256, 'key-compromise')
    expect(await write()).toEqual({ entries: 1, crlDue: 'no' })
    office.later(daysOver(ada))
    expect(await write()).toEqual({ entries: 1, crlDue: 'no' })
    office.later(1)
    expect(await write()).toEqual({ entries: 0, crlDue: 'no' })
    await office.authorities.revoke(bob.sha256, 'superseded')
    expect(await due()).toBe('now')
    expect(await write()).toEqual({ entries: 1, crlDue: 'no' })
    office.later(1)
    expect(await write()).toEqual({ entries: 0, crlDue: 'no' })
    expect(await office.authorities.issued(page({ search: 'cn=ada' }))).toMatchObject({ rows: [{ status: 'revoked' }] })
  })

  it('signs nothing by a clock that is before its start or after its end, and nothing is left behind', async () => {
    const root = await office.create('Acme Root')
    const { pem } = await office.request('Ada')
    const { issued } = await office.issueAll(root, { 'ada.csr': pem })
    const attempts: (() => Promise<unknown>)[] = [
      () => office.issueAll(root, { 'ada.csr': pem }),
      () => office.authorities.renew(issued[0]?.sha256 ?? root.sha256, 30, passphrase),
      () => office.create('Acme Clients', root),
      () => office.writeCrl(root),
    ]
    office.later(-2000)
    for (const attempt of [...attempts, () => office.rollOver(root, null)])
      await expect(attempt()).rejects.toMatchObject({ code: 'issuer-not-yet-valid' })
    office.later(2000 + 1001)
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'issuer-expired' })
    expect(await office.authorities.issued(page())).toMatchObject({ total: 1 })
    expect(await office.vault.ids('authority-key')).toEqual([root.id])
    expect((await office.authorities.list()).map(({ crl }) => crl)).toEqual([null])
  })

  it('stands in the list of the one above, and can be revoked there', async () => {
    const root = await office.create('Acme Root')
    const ca = await office.create('Acme Clients', root)
    expect(await office.authorities.issued(page({ authority: root.id }))).toMatchObject({
      rows: [{ sha256: ca.sha256, commonName: 'Acme Clients' }],
    })
    await office.authorities.revoke(ca.sha256, 'ca-compromise')
    expect((await office.authorities.detail(root.id)).summary.crlDue).toBe('now')
    await expect(office.authorities.renew(ca.sha256, 5, passphrase)).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('the signing key', () => {
  it('asks for its own passphrase each time, whatever the vault says', async () => {
    const root = await office.create('Acme Root')
    const wrong = { authority: root.id, passphrase: 'correct hoarse' }
    await expect(office.authorities.writeCrl(wrong, { days: 30, lastCrl: null })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    expect((await office.authorities.detail(root.id)).summary.crl).toBeNull()
    await office.authorities.setPassphrase(root.id, passphrase, 'another passphrase')
    await expect(
      office.authorities.writeCrl({ ...wrong, passphrase }, { days: 30, lastCrl: null }),
    ).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    await office.authorities.writeCrl({ ...wrong, passphrase: 'another passphrase' }, { days: 30, lastCrl: null })
    await expect(office.authorities.setPassphrase(root.id, 'another passphrase', 'short')).rejects.toMatchObject({
      code: 'passphrase-weak',
    })
  })

  it('is not made where its passphrase is weak or the one above cannot sign', async () => {
    const root = await office.create('Acme Root')
    const draft = { subject: { commonName: 'x', ...empty }, algorithm: 'p-256' as const, days: 5, pathLength: null }
    const rest = { issuer: null }
    const weak = office.authorities.create(draft, { ...rest, passphrase: 'short' })
    await expect(weak).rejects.toMatchObject({ code: 'passphrase-weak' })
    const issuer = { authority: root.id, passphrase: 'not this one' }
    const unsigned = office.authorities.create(draft, { ...rest, passphrase, issuer })
    await expect(unsigned).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(await office.vault.ids('authority-key')).toEqual([root.id])
    expect(await office.database.operations.unfinished()).toEqual([])
  })

  it('is nowhere to be found on the disk, nor its passphrase', async () => {
    await office.create('Acme Root')
    const [name = ''] = readdirSync(join(office.home, 'vault')).filter((file) => file.startsWith('authority-key-'))
    const sealed = readFileSync(join(office.home, 'vault', name))
    expect(sealed.includes('LKP1')).toBe(false)
    expect(readFileSync(join(office.home, 'latchkey.db')).includes(passphrase)).toBe(false)
  })
})

const empty = { organization: '', organizationalUnit: '', locality: '', state: '', country: '' }
