import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeBackup } from '#electron/cloudflare/apply/backup-file'
import { account } from '../../../../support/access-accounts'
import { temporaryFolder } from '../../../../support/home'

const folder = temporaryFolder()
const path = join(folder, 'wish.json.journal.backup')
const nameIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')).name

it('keeps every account that was backed up, each once, for its owner alone', async () => {
  await writeBackup(path, account({ name: 'First' }))
  await writeBackup(path, account({ name: 'First' }))
  await writeBackup(path, account({ name: 'Second' }))
  await writeBackup(path, account({ name: 'Third' }))
  expect(readdirSync(folder).sort()).toEqual([
    'wish.json.journal.backup',
    'wish.json.journal.backup.2',
    'wish.json.journal.backup.3',
  ])
  expect([path, `${path}.2`, `${path}.3`].map(nameIn)).toEqual(['First', 'Second', 'Third'])
  expect(statSync(`${path}.2`).mode & 0o777).toBe(0o600)
})

it('says where no backup can be written', async () => {
  await expect(writeBackup(join(folder, 'nowhere', 'backup'), account())).rejects.toMatchObject({
    code: 'file-not-written',
  })
})
