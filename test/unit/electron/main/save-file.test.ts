import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { saveInFolder, saveTogether } from '#electron/main/save-file'
import type { OutputFile } from '#electron/pki/convert/index'
import { temporaryFolder } from '../../../support/home'

const certificate: OutputFile = { place: 'main', what: 'certificate', bytes: Buffer.from('certificate'), secret: false }
const key: OutputFile = { place: 'key', what: 'private key', bytes: Buffer.from('key'), secret: true }

const modeOf = (path: string) => statSync(path).mode & 0o777

it('puts the key beside its certificate, for its owner only', async () => {
  const folder = temporaryFolder()
  expect(await saveTogether(join(folder, 'ada.pem'), [certificate, key])).toEqual(['ada.pem', 'ada.key'])
  expect(readFileSync(join(folder, 'ada.pem'), 'utf8')).toBe('certificate')
  expect(readFileSync(join(folder, 'ada.key'), 'utf8')).toBe('key')
  expect(modeOf(join(folder, 'ada.key'))).toBe(0o600)
})

it('keeps a file to its owner that holds the key itself', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'ada.p12')
  writeFileSync(path, 'older')
  chmodSync(path, 0o644)
  expect(await saveTogether(path, [{ ...key, place: 'main' }])).toEqual(['ada.p12'])
  expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['key', 0o600])
})

it('never replaces a key that nobody was asked about', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'ada.key'), 'precious')
  const wanted = saveTogether(join(folder, 'ada.pem'), [certificate, key])
  await expect(wanted).rejects.toMatchObject({ code: 'file-not-written', detail: expect.stringMatching(/ada\.key/u) })
  expect(readdirSync(folder)).toEqual(['ada.key'])
  expect(readFileSync(join(folder, 'ada.key'), 'utf8')).toBe('precious')
})

it('leaves no key behind where its certificate cannot be written', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'ada.pem'))
  const wanted = saveTogether(join(folder, 'ada.pem'), [certificate, key])
  await expect(wanted).rejects.toMatchObject({ code: 'file-not-written' })
  expect(readdirSync(folder)).toEqual(['ada.pem'])
})

it('saves one file for each, tells two people of one name apart, and replaces nothing', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'grace.pem'), 'older')
  const files = [
    { names: ['ada.pem', 'ada-1.pem'], content: 'first' },
    { names: ['ada.pem', 'ada-2.pem'], content: 'second' },
    { names: ['grace.pem', 'grace-3.pem'], content: 'third' },
  ]
  expect(await saveInFolder(folder, files)).toEqual(['ada.pem', 'ada-2.pem', 'grace-3.pem'])
  expect(readFileSync(join(folder, 'grace.pem'), 'utf8')).toBe('older')
  expect(readFileSync(join(folder, 'ada-2.pem'), 'utf8')).toBe('second')
  await expect(saveInFolder(folder, [{ names: ['ada.pem'], content: 'x' }])).rejects.toMatchObject({
    code: 'file-not-written',
  })
})
