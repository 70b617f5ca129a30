import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { createRunFiles } from '#electron/services/cloudflare/run-files'
import { AccessRunId } from '#shared/model/ids'
import { temporaryFolder } from '../../../support/home'

const id = AccessRunId.parse('0b5ad0f2-9d5e-4a1c-8f56-0d2f6b7d9a10')
const begun = new Date('2026-11-28T09:00:00Z')

let folder: string
beforeEach(() => {
  folder = join(temporaryFolder(), 'access')
})

it('has no journals where the folder was never made', async () => {
  expect(await createRunFiles(folder).list()).toEqual([])
})

it('does not call a folder that cannot be read an empty one', async () => {
  await writeFile(folder, '')
  await expect(createRunFiles(folder).list()).rejects.toMatchObject({ code: 'home-unusable' })
})

it('names journal and backup by how the plan ended', async () => {
  const files = createRunFiles(folder)
  const path = await files.pathFor(id, begun, { isRollOver: false })
  for (const name of [path, `${path}.backup`]) await writeFile(name, '')
  await files.end(id, 'done')
  await files.end(id, 'undone')
  const named = `20261128090000000-${id}.undone.journal`
  expect((await readdir(folder)).sort()).toEqual([named, `${named}.backup`])
})

it('ends a plan that was stopped before its backup', async () => {
  const files = createRunFiles(folder)
  await writeFile(await files.pathFor(id, begun, { isRollOver: true }), '')
  await files.end(id, 'undone')
  expect(await readdir(folder)).toEqual([`20261128090000000-${id}.roll-over.undone.journal`])
})

it('leaves the journal its name where the backup cannot get one', async () => {
  const files = createRunFiles(folder)
  const path = await files.pathFor(id, begun, { isRollOver: false })
  for (const name of [path, `${path}.backup`]) await writeFile(name, '')
  const taken = path.replace('.journal', '.done.journal.backup')
  await mkdir(taken)
  await writeFile(join(taken, 'something'), '')
  await expect(files.end(id, 'done')).rejects.toMatchObject({ code: 'home-unusable' })
  expect(await readdir(folder)).toContain(`20261128090000000-${id}.journal`)
})
