import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey, keyCodeOf, keySha256 } from '#electron/pki/keys'
import type { FilePieces } from '#electron/vault/backup/file'
import type { Host } from '#shared/model/host'
import { HostId, type IdentityId } from '#shared/model/ids'
import { TemplateNames } from '#shared/model/issue-template'
import { Page } from '#shared/model/page'
import { passphrase } from '../../../support/authorities'
import {
  asPieces,
  type BackupComputer,
  backupComputer,
  backupPassphrase,
  gather,
  makeBackup,
  restoreBackup as restored,
  sealLoose,
} from '../../../support/backups'
import { temporaryFolder } from '../../../support/home'
import { hostRow, reportRow, sha256 } from '../../../support/rows'

let old: BackupComputer
let fresh: BackupComputer
beforeEach(() => {
  old = backupComputer(temporaryFolder())
  fresh = backupComputer(temporaryFolder())
})
afterEach(async () => {
  await old.close()
  await fresh.close()
})

async function keyOf({ vault }: BackupComputer, id: IdentityId): Promise<string> {
  return Buffer.from(await vault.open('private-key', id)).toString('hex')
}

async function addSite({ database }: BackupComputer, changes: Partial<Host> = {}): Promise<Host> {
  const host = hostRow('wiki.example.com', { pinnedKey: sha256('agreed'), group: 'Work', ...changes })
  await database.hosts.insert(host)
  return host
}

/** What a person sees of it all, without what each computer has for itself. */
async function recordsOf({ database }: BackupComputer) {
  const everything = Page.parse({ limit: 1000 })
  const { rows: activity } = await database.activity.list(everything)
  return {
    identities: await Promise.all((await database.identities.ids()).sort().map((id) => database.identities.get(id))),
    hosts: (await database.hosts.list(everything)).rows,
    reports: (await database.reports.list(null, everything)).rows,
    activity: activity.filter(({ kind }) => !kind.startsWith('backup')).map(({ id: _id, ...line }) => line),
  }
}

describe('an empty computer', () => {
  it('gets everything back: keys, certificates, sites in their groups, history', async () => {
    const root = await old.create('Acme Root')
    await old.issueTo(root, ['Grace'])
    const ada = await old.request('Ada')
    await old.authorities.issueToIdentity({ authority: root.id, passphrase }, ada.id, 90)
    const host = await addSite(old, { identity: ada.id })
    await old.database.reports.add(reportRow(host, { identity: ada.id }), new Date())

    const done = await restored(fresh, await makeBackup(old))
    expect(done).toMatchObject({
      certificates: { added: 2 },
      keys: 2,
      sites: { added: 1 },
      reports: { added: 1 },
      issuers: { added: 1 },
      issuerKeys: 0,
      changes: [],
    })
    const [before, after] = [await recordsOf(old), await recordsOf(fresh)]
    expect(after.identities).toEqual(before.identities)
    expect(after.hosts).toEqual(before.hosts.map((row) => ({ ...row, pinnedKey: null })))
    expect(after.reports).toEqual(before.reports)
    expect(after.activity).toEqual(before.activity)
    expect(await keyOf(fresh, ada.id)).toBe(await keyOf(old, ada.id))
    expect(await fresh.database.operations.unfinished()).toEqual([])
  })

  it('has nothing twice after a second restore', async () => {
    await old.request('Ada')
    await addSite(old)
    const file = await makeBackup(old)
    await restored(fresh, file)
    const once = await recordsOf(fresh)
    const again = await restored(fresh, file)
    expect(again).toMatchObject({ certificates: { present: 1, added: 0 }, keys: 0, sites: { present: 1, added: 0 } })
    expect(again.activity.added).toBe(0)
    expect(await recordsOf(fresh)).toEqual(once)
  })

  it('is left as it is by a preview, which says what the restore then does', async () => {
    await old.request('Ada')
    await addSite(old)
    const file = await makeBackup(old)
    const before = await recordsOf(fresh)
    const preview = await fresh.backups.preview(file, backupPassphrase)
    expect(await recordsOf(fresh)).toEqual(before)
    expect(await fresh.vault.ids('private-key')).toEqual([])
    expect(preview).toEqual(await restored(fresh, file))
  })
})

describe('what never goes into a backup', () => {
  it('is an API token, the key of a signer, an agreed key of a server, an install or its trust', async () => {
    const ada = await old.request('Ada')
    const host = await addSite(old)
    await old.vault.seal('api-token', randomUUID(), Buffer.from('the-api-token'))
    const file = await makeBackup(old, true)
    await restored(fresh, file)
    expect((await fresh.database.hosts.get(host.id))?.pinnedKey).toBeNull()
    expect(await fresh.vault.ids('api-token')).toEqual([])
    expect(await fresh.database.installs.ofIdentity(ada.id)).toEqual([])
  })

  it('is the key of an issuer, unless it is asked for', async () => {
    const root = await old.create('Acme Root')
    await restored(fresh, await makeBackup(old))
    expect((await fresh.database.authorities.get(root.id))?.hasKey).toBe(false)
    expect(await fresh.vault.ids('authority-key')).toEqual([])
  })
})

describe('what is here already', () => {
  it('keeps its name and its newer certificate, and gets what it lacks', async () => {
    const root = await old.create('Acme Root')
    const ada = await old.request('Ada')
    const requested = await makeBackup(old)
    await old.authorities.issueToIdentity({ authority: root.id, passphrase }, ada.id, 90)
    const issued = await makeBackup(old)
    await restored(fresh, requested)
    const done = await restored(fresh, issued)
    expect(done.changes).toContainEqual({ kind: 'certificate', name: 'Ada', added: ['certificate'], kept: [] })
    const kept = await fresh.database.identities.get(ada.id)
    expect(kept).toEqual(await old.database.identities.get(ada.id))
    const back = await restored(fresh, requested)
    expect(back.certificates).toMatchObject({ present: 1, differing: 0, completed: 0 })
    expect(await fresh.database.identities.get(ada.id)).toEqual(kept)
  })

  it('gets back a key that is missing', async () => {
    const ada = await old.request('Ada')
    const key = await keyOf(old, ada.id)
    const file = await makeBackup(old)
    await old.database.identities.setKeyInVault(ada.id, false)
    await old.vault.delete('private-key', ada.id)
    const done = await restored(old, file)
    expect(done).toMatchObject({ keys: 1, certificates: { completed: 1 } })
    expect(await keyOf(old, ada.id)).toBe(key)
  })

  it('keeps a site as it was set up here', async () => {
    await addSite(old, { group: 'Work' })
    const file = await makeBackup(old)
    const own = await addSite(fresh, { group: 'Home' })
    const done = await restored(fresh, file)
    expect(done.sites).toMatchObject({ added: 0, differing: 1 })
    expect(done.changes).toEqual([{ kind: 'site', name: 'wiki.example.com', added: [], kept: ['settings'] }])
    expect(await fresh.database.hosts.get(own.id)).toEqual(own)
  })

  it('is found under another id, and reports go to it', async () => {
    const host = await addSite(old)
    const made = reportRow(host)
    await old.database.reports.add(made, new Date())
    const own = await addSite(fresh, { id: HostId.parse(randomUUID()) })
    await restored(fresh, await makeBackup(old))
    expect((await fresh.database.reports.get(made.id))?.host).toBe(own.id)
  })
})

describe('what hangs on certificates and issuers', () => {
  const endOf = async ({ database }: BackupComputer) =>
    database.identities.ending('2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z')

  it('comes back: first names, renewals, archived issuers, templates', async () => {
    const root = await old.create('Acme Root')
    const pilot = await old.create('Acme Pilot')
    await old.authorities.archive(pilot.id, true)
    const names = TemplateNames.parse({ subject: { organization: 'Acme' } })
    const draft = { id: null, name: 'Staff', authority: root.id, days: 90, names }
    const template = await old.authorities.templates.save(draft)
    const ada = await old.request('Ada')
    const issued = await old.authorities.issueToIdentity({ authority: root.id, passphrase }, ada.id, 90)
    await old.database.identities.label(ada.id, { name: 'My laptop', tags: [], note: '' })
    const row = await old.database.identities.get(ada.id)
    const der = row?.certificate == null ? null : await old.database.certificates.get(row.certificate)
    if (row === null || der === null) throw new Error(`not issued: ${issued.kind}`)
    const next = await old.request('Ada again')
    const waiting = (await old.database.identities.get(next.id)) ?? row
    const renewal = {
      ...{ identity: next.id, replaces: ada.id, oldSha256: der.sha256, oldNotAfter: der.notAfter },
      ...{ oldCertificate: der.der, requestedAt: new Date().toISOString(), arrivedAt: null, finishedAt: null },
    }
    await old.database.identities.delete(next.id)
    const named = { ...waiting, namedIssuers: [sha256('the CA of a set-up file')] }
    await old.database.renewals.begin(renewal, named, null)

    const file = await makeBackup(old)
    expect(await restored(fresh, file)).toMatchObject({ templates: { added: 1 }, changes: [] })
    expect(await fresh.database.renewals.get(next.id)).toEqual(renewal)
    expect((await fresh.database.identities.get(next.id))?.namedIssuers).toEqual(named.namedIssuers)
    expect(await endOf(fresh)).toEqual(await endOf(old))
    expect((await endOf(fresh)).map(({ name, label }) => [name, label])).toEqual([['Ada', 'My laptop']])
    expect((await fresh.authorities.list()).map(({ name, archivedAt }) => [name, archivedAt])).toEqual(
      (await old.authorities.list()).map(({ name, archivedAt }) => [name, archivedAt]),
    )
    expect(await fresh.authorities.templates.list()).toEqual([template])

    // Here since, or changed since: it stays.
    await fresh.authorities.templates.save({ ...template, days: 30 })
    await fresh.database.renewals.finish(next.id, renewal.requestedAt)
    const again = await restored(fresh, file)
    expect(again.changes).toEqual([{ kind: 'template', name: 'Staff', added: [], kept: ['settings'] }])
    expect((await fresh.database.renewals.get(next.id))?.finishedAt).toBe(renewal.requestedAt)
  })

  it('is not in a backup of an earlier version, which opens all the same', async () => {
    const { spki } = await generateKey('p-256')
    const at = new Date().toISOString()
    const fields = {
      ...{ id: randomUUID(), name: 'Ada', algorithm: 'EC P-256', keySha256: keySha256(spki), keyCode: keyCodeOf(spki) },
      ...{ subject: null, alternativeNames: [], practice: false, createdAt: at, certificate: null, chain: [] },
      ...{ tags: [], note: '' },
    }
    const sections = { certificates: 1, identities: 1, issuers: 1 }
    const manifest = { section: 'backup', fields: { madeAt: at, total: 1, sections } }
    const done = await restored(fresh, await sealLoose(manifest, { section: 'identities', fields }))
    expect(done.certificates.added).toBe(1)
  })

  it('is refused where the renewed certificate is for another key', async () => {
    const root = await old.create('Acme Root')
    const [grace] = await old.issueTo(root, ['Grace'])
    const certificate = await old.database.issued.get(grace?.sha256 ?? sha256('none'))
    const { spki } = await generateKey('p-256')
    const at = new Date().toISOString()
    const id = randomUUID()
    const fields = {
      ...{ id, name: 'Ada', algorithm: 'EC P-256', keySha256: keySha256(spki), keyCode: keyCodeOf(spki) },
      ...{ subject: null, alternativeNames: [], practice: false, createdAt: at, certificate: null, chain: [] },
      ...{ tags: [], note: '' },
    }
    const renewal = { identity: id, replaces: id, requestedAt: at, arrivedAt: null, finishedAt: null }
    const file = await sealLoose(
      { section: 'backup', fields: { madeAt: at, total: 2, sections: { identities: 2, renewals: 1 } } },
      { section: 'identities', fields },
      { section: 'renewals', fields: renewal, bytes: { certificate: certificate?.der ?? new Uint8Array() } },
    )
    await expect(restored(fresh, file)).rejects.toMatchObject({ code: 'backup-damaged' })
  })
})

describe('a file that cannot be used', () => {
  async function refusedWith(code: string, pieces: FilePieces, secret = backupPassphrase) {
    const before = await recordsOf(fresh)
    await expect(fresh.backups.restore(pieces, secret)).rejects.toMatchObject({ code })
    expect(await recordsOf(fresh)).toEqual(before)
    expect(await fresh.vault.ids('private-key')).toEqual([])
  }
  it('changes nothing: a wrong passphrase, damage at the very end, another program’s file', async () => {
    await old.request('Ada')
    const file = await makeBackup(old)
    await refusedWith('backup-passphrase-wrong', file, 'battery stapl')
    const bytes = await gather(file())
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await refusedWith('backup-damaged', asPieces(bytes))
    await refusedWith('backup-damaged', asPieces(bytes.subarray(0, bytes.length - 40)))
    await refusedWith('backup-foreign', asPieces(Buffer.from(encodePem('CERTIFICATE', Buffer.alloc(200)))))
  })

  it('may be whole and still make no sense', async () => {
    const manifest = { madeAt: new Date().toISOString(), total: 1, sections: { identities: 1 } }
    const first = { section: 'backup', fields: manifest }
    await refusedWith('backup-damaged', await sealLoose())
    await refusedWith('backup-damaged', await sealLoose({ section: 'sites', fields: {} }))
    await refusedWith('backup-damaged', await sealLoose(first, { section: 'pets', fields: {} }))
    await refusedWith('backup-damaged', await sealLoose(first, { section: 'identities', fields: { id: 'x' } }))
    await refusedWith(
      'backup-damaged',
      await sealLoose(first, { section: 'certificates', fields: {}, bytes: { certificate: Buffer.from('x') } }),
    )
    const later = { ...manifest, sections: { identities: 4 } }
    await refusedWith('backup-too-new', await sealLoose({ section: 'backup', fields: later }))
    const unknown = { ...manifest, sections: { pets: 1 } }
    await refusedWith('backup-too-new', await sealLoose({ section: 'backup', fields: unknown }))
  })

  it('may hold somebody else’s key for a certificate', async () => {
    const [one, other] = [await generateKey('p-256'), await generateKey('p-256')]
    const fields = {
      id: randomUUID(),
      name: 'Ada',
      algorithm: 'EC P-256',
      keySha256: keySha256(one.spki),
      keyCode: keyCodeOf(one.spki),
      subject: null,
      alternativeNames: [],
      practice: false,
      createdAt: new Date().toISOString(),
      certificate: null,
      chain: [],
      tags: [],
      note: '',
    }
    const manifest = { madeAt: fields.createdAt, total: 1, sections: { identities: 1 } }
    const first = { section: 'backup', fields: manifest }
    const whole = { section: 'identities', fields, bytes: { key: other.pkcs8 } }
    await refusedWith('backup-damaged', await sealLoose(first, whole))
    expect((await restored(fresh, await sealLoose(first, { ...whole, bytes: { key: one.pkcs8 } }))).keys).toBe(1)
  })
})

describe('the reminder', () => {
  it('comes with the first key, and goes with the first backup or by itself', async () => {
    expect(await old.backups.state()).toMatchObject({ remind: false, madeAt: null })
    await old.request('Ada')
    await fresh.request('Ada')
    expect(await old.backups.state()).toMatchObject({ remind: true, keys: 1 })
    await makeBackup(old)
    expect((await old.backups.state()).remind).toBe(false)
    expect((await old.backups.state()).madeAt).not.toBeNull()
    expect((await fresh.backups.dismissReminder()).remind).toBe(false)
    expect((await fresh.backups.state()).madeAt).toBeNull()
  })

  it('stays when the backup could not be written', async () => {
    await old.request('Ada')
    const failing = old.backups.make({ passphrase: backupPassphrase, withIssuerKeys: false }, async (pieces) => {
      for await (const _piece of pieces) throw new Error('disk full')
    })
    await expect(failing).rejects.toThrow('disk full')
    expect(await old.backups.state()).toMatchObject({ remind: true, madeAt: null })
    expect((await recordsOf(old)).activity.some(({ kind }) => kind === 'backup-made')).toBe(false)
  })
})

describe('an interrupted restore', () => {
  it('leaves no key behind when it fails on the way', async () => {
    await old.request('Ada')
    await old.request('Grace')
    const file = await makeBackup(old)
    const { vault } = fresh
    const session = await vault.session()
    vault.session = async () => ({
      ...session,
      async seal(kind, id, secret) {
        await session.seal(kind, id, secret)
        if ((await vault.ids(kind)).length > 1) throw new Error('power cut')
      },
    })
    await expect(restored(fresh, file)).rejects.toThrow('power cut')
    expect(await vault.ids('private-key')).toEqual([])
    expect((await recordsOf(fresh)).identities).toEqual([])
    expect(await fresh.database.operations.unfinished()).toEqual([])
  })
})
