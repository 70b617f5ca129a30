import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthoritySummary } from '#shared/model/authority'
import { isListed, passphrase } from '../../../support/authorities'
import { type BackupComputer, backupComputer, makeBackup, restoreBackup as restore } from '../../../support/backups'
import { temporaryFolder } from '../../../support/home'

let old: BackupComputer
let fresh: BackupComputer
let third: BackupComputer
beforeEach(() => {
  old = backupComputer(temporaryFolder())
  fresh = backupComputer(temporaryFolder())
  third = backupComputer(temporaryFolder())
})
afterEach(async () => {
  for (const computer of [old, fresh, third]) await computer.close()
})

const backup = (computer: BackupComputer) => makeBackup(computer, true)

async function issuerIn({ authorities }: BackupComputer, { sha256 }: AuthoritySummary): Promise<AuthoritySummary> {
  const found = (await authorities.list()).find((row) => row.sha256 === sha256)
  if (found === undefined) throw new Error('The issuer is not there.')
  return found
}

const crlFile = async ({ authorities }: BackupComputer, { id }: AuthoritySummary) => ({
  name: 'last.crl',
  bytes: Buffer.from((await authorities.crlFile(id, 'der')).content),
})

describe('an issuer that came out of a backup', () => {
  it('signs nothing before its last list is given; then its numbers go on and nothing is forgotten', async () => {
    const root = await old.create('Acme Root')
    const [ada, grace] = await old.issueTo(root, ['Ada', 'Grace'])
    if (ada === undefined || grace === undefined) throw new Error('not issued')
    await old.authorities.revoke(ada.sha256, 'key-compromise')
    await old.writeCrl(root)
    const file = await backup(old)
    // Since then the old computer revoked somebody else, published a list, and broke.
    await old.authorities.revoke(grace.sha256, 'superseded')
    await old.writeCrl(root)

    const done = await restore(fresh, file)
    expect(done).toMatchObject({
      issuers: { added: 1 },
      issued: { added: 2 },
      revocations: { added: 1 },
      issuerKeys: 1,
      waiting: ['Acme Root'],
    })
    const here = await issuerIn(fresh, root)
    expect(here).toMatchObject({ hasKey: true, needsLastCrl: true, crl: { number: '1' }, revoked: 1 })
    await expect(fresh.writeCrl(here)).rejects.toMatchObject({ code: 'last-crl-needed' })
    await expect(fresh.issueTo(here, ['Eve'])).rejects.toMatchObject({ code: 'last-crl-needed' })
    await expect(fresh.create('Below', here)).rejects.toMatchObject({ code: 'last-crl-needed' })
    await expect(fresh.authorities.renew(grace.sha256, 90, passphrase)).rejects.toMatchObject({
      code: 'last-crl-needed',
    })

    const settled = await fresh.authorities.settleLastCrl(here.id, [await crlFile(old, root)])
    expect(settled).toMatchObject({ needsLastCrl: false, crl: { number: '2' }, revocations: 2 })
    const next = await fresh.writeCrl(here)
    expect(next.crl?.number).toBe('3')
    const list = await fresh.crl(here)
    expect([isListed(list, ada), isListed(list, grace)]).toEqual([true, true])
    expect((await fresh.issueTo(here, ['Eve'])).length).toBe(1)
  })

  it('may go on without one, with a number that none of the lost lists had', async () => {
    const root = await old.create('Acme Root')
    await old.writeCrl(root)
    await restore(fresh, await backup(old))
    const here = await issuerIn(fresh, root)
    const settled = await fresh.authorities.settleLastCrl(here.id, null)
    expect(settled.needsLastCrl).toBe(false)
    const first = Number((await fresh.writeCrl(here)).crl?.number)
    expect(first).toBeGreaterThan(1_700_000_000)
    expect(Number((await fresh.writeCrl(here)).crl?.number)).toBe(first + 1)
    await expect(fresh.authorities.settleLastCrl(here.id, null)).rejects.toMatchObject({ code: 'already-present' })
  })

  it('takes no list that is older than the one in the backup, and none of another issuer', async () => {
    const root = await old.create('Acme Root')
    await old.writeCrl(root)
    const first = await crlFile(old, root)
    await old.writeCrl(root)
    const second = await crlFile(old, root)
    await restore(fresh, await backup(old))
    const here = await issuerIn(fresh, root)
    await expect(fresh.authorities.settleLastCrl(here.id, [first])).rejects.toMatchObject({ code: 'invalid-input' })
    const stranger = await old.create('Another Root')
    await old.writeCrl(stranger)
    const foreign = await crlFile(old, stranger)
    await expect(fresh.authorities.settleLastCrl(here.id, [foreign])).rejects.toMatchObject({ code: 'invalid-input' })
    expect((await issuerIn(fresh, root)).needsLastCrl).toBe(true)
    expect(await fresh.authorities.settleLastCrl(here.id, [second])).toMatchObject({ needsLastCrl: false })
    expect((await fresh.writeCrl(here)).crl?.number).toBe('3')
  })

  it('keeps its passphrase, and its place below the one above', async () => {
    const root = await old.create('Acme Root')
    const clients = await old.create('Acme Clients', root)
    await restore(fresh, await backup(old))
    const here = await issuerIn(fresh, clients)
    expect(here.parent).toBe((await issuerIn(fresh, root)).id)
    await fresh.authorities.settleLastCrl(here.id, null)
    await fresh.authorities.setPassphrase(here.id, passphrase, 'another passphrase')
    await expect(fresh.authorities.setPassphrase(here.id, passphrase, 'wrong one')).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
  })

  it('finds the successor of a roll-over', async () => {
    const root = await old.create('Acme Root')
    const next = await old.rollOver(root, null)
    await restore(fresh, await backup(old))
    expect((await issuerIn(fresh, root)).successor).toBe((await issuerIn(fresh, next)).id)
  })
})

describe('an issuer that is here already', () => {
  it('stays free to sign where the backup has nothing new', async () => {
    const root = await old.create('Acme Root')
    await old.writeCrl(root)
    const done = await restore(old, await backup(old))
    expect(done).toMatchObject({ issuers: { present: 1, completed: 0 }, waiting: [] })
    expect((await old.writeCrl(root)).crl?.number).toBe('2')
  })

  it('unites what both have revoked, keeps the higher number, and waits', async () => {
    const root = await old.create('Acme Root')
    const [ada, grace] = await old.issueTo(root, ['Ada', 'Grace'])
    if (ada === undefined || grace === undefined) throw new Error('not issued')
    const early = await backup(old)
    await restore(fresh, early)
    const here = await issuerIn(fresh, root)
    await fresh.authorities.settleLastCrl(here.id, null)
    await fresh.authorities.revoke(ada.sha256, 'superseded')
    await old.authorities.revoke(grace.sha256, 'key-compromise')
    for (let count = 0; count < 3; count += 1) await old.writeCrl(root)

    const done = await restore(fresh, await backup(old))
    expect(done.changes).toContainEqual({ kind: 'issuer', name: 'Acme Root', added: ['revocations', 'crl'], kept: [] })
    const after = await issuerIn(fresh, root)
    expect(after).toMatchObject({ needsLastCrl: true, revocations: 2, crl: { number: '3' }, crlDue: 'now' })
    await fresh.authorities.settleLastCrl(after.id, [await crlFile(old, root)])
    await fresh.writeCrl(after)
    const list = await fresh.crl(after)
    expect([isListed(list, ada), isListed(list, grace)]).toEqual([true, true])
    // And back again: the lower number of an older backup takes nothing away.
    await restore(fresh, early)
    expect((await issuerIn(fresh, root)).crl?.number).toBe('4')
  })

  it('under another id gets its key, with the passphrase that it had', async () => {
    const root = await old.create('Acme Root')
    const { pem } = await old.authorities.chainFile(root.id)
    const own = await fresh.authorities.import([{ name: 'root.pem', bytes: Buffer.from(pem) }], null, null)
    expect(own.id).not.toBe(root.id)
    const done = await restore(fresh, await backup(old))
    expect(done).toMatchObject({ issuers: { completed: 1, added: 0 }, issuerKeys: 1 })
    const here = await issuerIn(fresh, root)
    expect(here).toMatchObject({ id: own.id, hasKey: true })
    await fresh.authorities.settleLastCrl(here.id, null)
    expect((await fresh.issueTo(here, ['Ada'])).length).toBe(1)
    // Also from there, once more.
    await restore(third, await backup(fresh))
    const again = await issuerIn(third, root)
    await third.authorities.settleLastCrl(again.id, null)
    expect((await third.issueTo(again, ['Grace'])).length).toBe(1)
  })
})
