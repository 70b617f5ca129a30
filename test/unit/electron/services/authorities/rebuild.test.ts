import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { encodePem } from '#electron/pki/containers/pem'
import { findUnrecordedKeys } from '#electron/services/unrecorded-keys'
import type { AuthoritySummary } from '#shared/model/authority'
import { AuthorityId } from '#shared/model/ids'
import { isListed, type Office, openOffice, passphrase } from '../../../../support/authorities'
import { temporaryFolder } from '../../../../support/home'

let office: Office
let root: AuthoritySummary
beforeEach(async () => {
  office = openOffice(temporaryFolder())
  root = await office.create('Acme Root')
})

/** The same vault and keyring beside a database in which nothing is. */
function withoutDatabase(): Office {
  office.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(office.home, `latchkey.db${suffix}`), { force: true })
  return openOffice(office.home, {}, office.keyring)
}

const keep = async (id: string, der: Uint8Array) => office.vault.keepCertificate(id, encodePem('CERTIFICATE', der))
const unrecorded = ({ vault, database }: Office) => findUnrecordedKeys(vault, database)
const derOf = async (id: AuthorityId) => (await office.database.authorities.get(id))?.der ?? new Uint8Array()

describe('an issuer whose record is gone', () => {
  it('is rebuilt with its id, its key and its place in the chain', async () => {
    const clients = await office.create('Acme Clients', root)
    const [before] = await office.issueTo(clients, ['Ada Lovelace'])
    const fresh = withoutDatabase()
    expect(await unrecorded(fresh)).toEqual({
      certificateKeys: 1,
      issuers: expect.arrayContaining([
        { id: root.id, name: 'Acme Root' },
        { id: clients.id, name: 'Acme Clients' },
      ]),
    })
    // In whichever order: the chain is put together again.
    expect(await fresh.authorities.rebuild(clients.id, passphrase)).toMatchObject({ id: clients.id, hasKey: true })
    await fresh.authorities.rebuild(root.id, passphrase)
    expect(await fresh.authorities.list()).toMatchObject([
      { id: clients.id, sha256: clients.sha256, parent: root.id, issued: 0, revoked: 0, crl: null },
      { id: root.id, sha256: root.sha256, parent: null, isRoot: true },
    ])
    expect((await unrecorded(fresh)).issuers).toEqual([])
    const [after] = await fresh.issueTo(clients, ['Grace Hopper'])
    expect(after).toMatchObject({ authority: clients.id })
    expect(after?.serial).not.toBe(before?.serial)
    const { id } = await fresh.authorities.rebuild(clients.id, passphrase).catch((error: unknown) => ({ id: error }))
    expect(id).toMatchObject({ code: 'already-present' })
  })

  it('numbers its CRLs beyond those it has written, which nobody knows any more', async () => {
    const [ada] = await office.issueTo(root, ['Ada Lovelace'])
    await office.authorities.revoke(ada?.sha256 ?? root.sha256, 'key-compromise')
    await office.writeCrl(root)
    const first = await office.crl(root)
    const fresh = withoutDatabase()
    await fresh.authorities.rebuild(root.id, passphrase)
    await fresh.writeCrl(root)
    const next = await fresh.crl(root)
    expect(next.number ?? 0n).toBeGreaterThan(first.number ?? 0n)
    expect(isListed(first, ada ?? { serial: '' })).toBe(true)
  })

  it('goes on with its last CRL, so that nothing revoked returns', async () => {
    const [ada] = await office.issueTo(root, ['Ada Lovelace'])
    await office.authorities.revoke(ada?.sha256 ?? root.sha256, 'key-compromise')
    await office.writeCrl(root)
    const crl = Buffer.from((await office.authorities.crlFile(root.id, 'pem')).content)
    const fresh = withoutDatabase()
    await fresh.authorities.rebuild(root.id, passphrase)
    const chain = Buffer.from((await fresh.authorities.chainFile(root.id)).pem)
    const files = [
      { name: 'chain.pem', bytes: chain },
      { name: 'last.crl', bytes: crl },
    ]
    await fresh.authorities.import(files, null, null)
    await fresh.writeCrl(root)
    expect(isListed(await fresh.crl(root), ada ?? { serial: '' })).toBe(true)
  })

  it('gives its key to the certificate that came back by another way', async () => {
    const certificate = Buffer.from((await office.authorities.chainFile(root.id)).pem)
    const fresh = withoutDatabase()
    const { id } = await fresh.authorities.import([{ name: 'root.pem', bytes: certificate }], null, null)
    expect((await unrecorded(fresh)).issuers).toEqual([{ id: root.id, name: 'Acme Root' }])
    expect(await fresh.authorities.rebuild(root.id, passphrase)).toMatchObject({ id, hasKey: true })
    expect((await unrecorded(fresh)).issuers).toEqual([])
    expect(await fresh.issueTo({ ...root, id }, ['Ada Lovelace'])).toHaveLength(1)
    // The first copy stays: a database that is put back finds it.
    expect(await fresh.vault.has('authority-key', root.id)).toBe(true)
  })
})

describe('nothing is rebuilt', () => {
  const nothing = async (fresh: Office, typed: string, code: string) => {
    await expect(fresh.authorities.rebuild(root.id, typed)).rejects.toMatchObject({ code })
    expect(await fresh.authorities.list()).toEqual([])
    expect(await fresh.vault.has('authority-key', root.id)).toBe(true)
  }

  it('with a wrong passphrase', async () => {
    await nothing(withoutDatabase(), 'wrong horse', 'passphrase-wrong')
  })

  it('from a certificate of another key', async () => {
    await keep(root.id, await derOf((await office.create('Acme Other Root')).id))
    await nothing(withoutDatabase(), passphrase, 'no-matching-key')
  })

  it('from one whose own signature is not its own, from a leaf, from junk, from nothing', async () => {
    const forged = Buffer.from(await derOf(root.id))
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1
    const [leaf] = await office.issueTo(root, ['Ada Lovelace'])
    const issued = leaf === undefined ? null : await office.database.issued.get(leaf.sha256)
    const fresh = withoutDatabase()
    for (const der of [forged, issued?.der ?? Buffer.of(), Buffer.from('junk')]) {
      await keep(root.id, der)
      await nothing(fresh, passphrase, 'not-found')
      expect((await unrecorded(fresh)).issuers).toEqual([{ id: root.id, name: null }])
    }
    rmSync(join(office.home, 'vault', `issuer-certificate-${root.id}.pem`))
    await nothing(fresh, passphrase, 'not-found')
    writeFileSync(join(office.home, 'vault', `issuer-certificate-${root.id}.pem`), Buffer.alloc(20))
    await nothing(fresh, passphrase, 'not-found')
  })

  it('for an id without a key', async () => {
    const other = AuthorityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
    await keep(other, await derOf(root.id))
    await expect(office.authorities.rebuild(other, passphrase)).rejects.toMatchObject({ code: 'not-found' })
  })
})
