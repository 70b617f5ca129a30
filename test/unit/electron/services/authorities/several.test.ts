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

const hashes = <T extends { sha256: string }>(rows: T[]) => rows.map(({ sha256 }) => sha256) as T['sha256'][]
const lines = async (kind: string) =>
  (await office.database.activity.list(Page.parse({ limit: 1000 }))).rows.filter((row) => row.kind === kind)

describe('several certificates', () => {
  it('are renewed with one signature of their issuer, and openssl accepts each', async () => {
    const root = await office.create('Acme Root')
    const issued = await office.issueTo(root, ['Ada', 'Bob', 'Cyd'])
    const { renewed, refused } = await office.authorities.renewSeveral(hashes(issued), { days: 200, passphrase })
    expect(refused).toEqual([])
    expect(renewed.map(({ commonName, keyCode }) => [commonName, keyCode])).toEqual(
      issued.map(({ commonName, keyCode }) => [commonName, keyCode]),
    )
    expect(new Set([...issued, ...renewed].map(({ serial }) => serial)).size).toBe(6)
    await workshop.write('root.pem', (await office.authorities.chainFile(root.id)).pem)
    const { pem } = await office.authorities.issuedFile(hashes(renewed))
    const blocks = pem.split(/(?=-----BEGIN)/u).slice(0, 3)
    for (const block of blocks) {
      await workshop.write('leaf.pem', block)
      const checked = await workshop.openssl('verify', '-purpose', 'sslclient', '-CAfile', 'root.pem', 'leaf.pem')
      expect(checked).toContain('OK')
    }
    expect((await lines('certificate-renewed')).map(({ about }) => about).sort()).toEqual(['Ada', 'Bob', 'Cyd'])
  })

  it('are renewed but for those that cannot be, each with its reason', async () => {
    const root = await office.create('Acme Root')
    await office.create('Acme Below', root)
    const [ada, bob] = await office.issueTo(root, ['Ada', 'Bob'])
    if (ada === undefined || bob === undefined) throw new Error('nothing issued')
    await office.authorities.revoke(bob.sha256, 'superseded')
    const { rows } = await office.authorities.issued(IssuedPage.parse({ authority: root.id }))
    const { renewed, refused } = await office.authorities.renewSeveral(hashes(rows), { days: 20, passphrase })
    expect(renewed.map(({ commonName }) => commonName)).toEqual(['Ada'])
    expect(refused.map(({ commonName }) => commonName).sort()).toEqual(['Acme Below', 'Bob'])
  })

  it('are not renewed at all where none can be, with a wrong passphrase, or where issuers differ', async () => {
    const [root, other] = [await office.create('Acme Root'), await office.create('Other Root')]
    const [ada] = await office.issueTo(root, ['Ada'])
    const [bob] = await office.issueTo(other, ['Bob'])
    if (ada === undefined || bob === undefined) throw new Error('nothing issued')
    const renew = (all: (typeof ada)[], typed = passphrase) =>
      office.authorities.renewSeveral(hashes(all), { days: 200, passphrase: typed })
    await expect(renew([ada, bob])).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(renew([ada], 'wrong horse')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    await office.authorities.revoke(ada.sha256, 'superseded')
    await expect(renew([ada])).rejects.toMatchObject({ code: 'invalid-input' })
    expect((await office.authorities.issued(IssuedPage.parse({ authority: null }))).total).toBe(2)
  })

  it('are revoked all or none, and the first reason of each stays', async () => {
    const root = await office.create('Acme Root')
    const issued = await office.issueTo(root, ['Ada', 'Bob', 'Cyd'])
    const [ada, bob, cyd] = issued
    if (ada === undefined || bob === undefined || cyd === undefined) throw new Error('nothing issued')
    await office.authorities.revoke(ada.sha256, 'key-compromise')
    const unknown = `${'0'.repeat(64)}` as typeof ada.sha256
    await expect(office.authorities.revokeSeveral([bob.sha256, unknown], 'superseded')).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await lines('certificate-revoked')).toHaveLength(1)
    expect(await office.authorities.revokeSeveral([ada.sha256, bob.sha256, bob.sha256], 'superseded')).toBe(1)
    expect((await lines('certificate-revoked')).map(({ about }) => about)).toEqual(['Bob', 'Ada'])
    await office.writeCrl(root)
    const crl = await office.crl(root)
    expect(issued.map((one) => isListed(crl, one))).toEqual([true, true, false])
    const reasons = (
      await office.authorities.issued(IssuedPage.parse({ authority: null, sort: 'name', descending: false }))
    ).rows
    expect(reasons.map(({ reason }) => reason)).toEqual(['key-compromise', 'superseded', null])
  })

  it('are written as a table, with their issuer', async () => {
    const root = await office.create('Acme Root')
    const issued = await office.issueTo(root, ['Ada', 'Bob'])
    const { name, csv } = await office.authorities.issuedList(hashes(issued))
    expect(name).toBe('Acme Root certificates')
    expect(csv.trimEnd().split('\r\n')).toHaveLength(3)
    expect(csv).toContain('Ada,CN=Ada,Acme Root,')
    expect(decodePem(csv)).toEqual([])
  })
})
