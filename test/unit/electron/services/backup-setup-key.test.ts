import { afterEach, beforeEach, expect, it } from 'vitest'
import { generateKey } from '#electron/pki/keys'
import { generateSetupKey, setupKeyOf } from '#electron/pki/setup-file'
import { SETUP_KEY_ID } from '#electron/services/setup-keys'
import {
  type BackupComputer,
  backupComputer,
  backupPassphrase,
  makeBackup,
  restoreBackup as restored,
  sealLoose,
} from '../../../support/backups'
import { temporaryFolder } from '../../../support/home'

/** Without it, every code would have to be compared anew, and policies that pin it would refuse what the next one signs. */
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

async function give({ vault }: BackupComputer) {
  const pkcs8 = await generateSetupKey()
  await vault.seal('setup-key', SETUP_KEY_ID, pkcs8)
  return setupKeyOf(pkcs8).sha256
}
const keyOf = async ({ vault }: BackupComputer) => setupKeyOf(await vault.open('setup-key', SETUP_KEY_ID)).sha256
const preview = ({ backups }: BackupComputer, file: Awaited<ReturnType<typeof makeBackup>>) =>
  backups.preview(file, backupPassphrase)

it('comes back where there is none, with or without the issuers’ keys', async () => {
  const key = await give(old)
  for (const withIssuerKeys of [false, true]) {
    const here = backupComputer(temporaryFolder())
    const file = await makeBackup(old, withIssuerKeys)
    expect(await preview(here, file)).toMatchObject({ setupKey: 'added' })
    expect(await here.vault.ids('setup-key')).toEqual([])
    expect(await restored(here, file)).toMatchObject({ setupKey: 'added' })
    expect(await keyOf(here)).toBe(key)
    expect(await restored(here, file)).toMatchObject({ setupKey: 'present' })
    await here.close()
  }
})

it('never takes the place of another one', async () => {
  await give(old)
  const own = await give(fresh)
  const file = await makeBackup(old)
  expect(await preview(fresh, file)).toMatchObject({ setupKey: 'kept' })
  expect(await restored(fresh, file)).toMatchObject({ setupKey: 'kept' })
  expect(await keyOf(fresh)).toBe(own)
})

it('is not in the backup of somebody who has none', async () => {
  await old.request('Ada')
  expect(await restored(fresh, await makeBackup(old))).toMatchObject({ setupKey: null })
  expect(await fresh.vault.ids('setup-key')).toEqual([])
})

it('goes again with a restore that fails, and only that one', async () => {
  await give(old)
  await old.request('Ada')
  const file = await makeBackup(old)
  const own = await give(fresh)
  const third = backupComputer(temporaryFolder())
  for (const here of [fresh, third]) {
    here.database.restores.apply = () => Promise.reject(new Error('disk full'))
    await expect(restored(here, file)).rejects.toThrow('disk full')
    expect(await here.vault.ids('private-key')).toEqual([])
  }
  expect(await keyOf(fresh)).toBe(own)
  expect(await third.vault.ids('setup-key')).toEqual([])
  await third.close()
})

it('is refused where it is none, of another kind, or there twice', async () => {
  const at = new Date().toISOString()
  const manifest = { section: 'backup', fields: { madeAt: at, total: 1, sections: { 'setup-key': 1 } } }
  const record = (key: Uint8Array, fields = {}) => ({ section: 'setup-key', fields, bytes: { key } })
  const good = async () => record(await generateSetupKey())
  const { pkcs8 } = await generateKey('p-256')
  const cases = [
    [record(pkcs8)],
    [record(Buffer.from('no key'))],
    [{ section: 'setup-key', fields: {} }],
    [record(await generateSetupKey(), { trusted: true })],
    [await good(), await good()],
  ]
  for (const records of cases)
    await expect(restored(fresh, await sealLoose(manifest, ...records))).rejects.toMatchObject({
      code: 'backup-damaged',
    })
  expect(await fresh.vault.ids('setup-key')).toEqual([])
  const newer = { ...manifest, fields: { ...manifest.fields, sections: { 'setup-key': 2 } } }
  await expect(restored(fresh, await sealLoose(newer))).rejects.toMatchObject({ code: 'backup-too-new' })
})
