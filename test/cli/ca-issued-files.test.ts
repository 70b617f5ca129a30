import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { IssuedCertificate } from '#shared/model/authority'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { openWorkshop, type Workshop } from '../support/openssl'

/** Whatever people are called and whatever lies in the folder: every certificate that is issued lies there afterwards. */
let here: Computer
let workshop: Workshop
const environment = { LATCHKEY_CA_PASSPHRASE: 'correct horse' }
const at = (...names: string[]) => join(here.folder, ...names)

beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
  await ca(0, 'init', 'Root', '--key', 'p-256', '-o', 'root.pem')
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

async function ca(code: number, ...args: string[]): Promise<unknown> {
  const run = await runCli(here, ['ca', ...args, '--json'], { environment })
  expect(run.code, run.stdout + run.stderr).toBe(code)
  return JSON.parse(run.stdout)
}

const Issued = z.looseObject({
  issued: z.array(IssuedCertificate),
  pem: z.string(),
  files: z.array(z.string()),
  unwritten: z.array(z.object({ commonName: z.string(), reason: z.string() })),
})

let made = 0
async function issue(folder: string, names: string[], code = 0) {
  const requests: string[] = []
  for (const name of names) {
    made += 1
    const file = `${made}.csr`
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
    writeFileSync(at(file), await workshop.openssl('req', '-new', ...key, '-utf8', '-subj', `/CN=${name}`))
    requests.push(file)
  }
  return Issued.parse(await ca(code, 'issue', ...requests, '--accept-subject', '--issuer', 'Root', '--out-dir', folder))
}

/** Whose certificate a file holds, by openssl. */
const nameIn = async (file: string) =>
  (await workshop.openssl('x509', '-in', at(file), '-noout', '-subject', '-nameopt', 'multiline')).trim().split('= ')[1]

it('people whose names begin alike get a file each, with the whole key code', async () => {
  const names = ['1', '2', '3'].map((last) => `${'A'.repeat(63)}${last}`)
  const { issued, files } = await issue('alike', names)
  expect(new Set(files).size).toBe(3)
  expect(await Promise.all(files.map(nameIn))).toEqual(names)
  for (const [index, file] of files.slice(1).entries())
    expect(file).toContain(issued[index + 1]?.keyCode.toLowerCase() ?? 'a key code')
  expect(
    readdirSync(at('alike'))
      .map((name) => join('alike', name))
      .sort(),
  ).toEqual([...files].sort())
})

it('another person’s file stays, and so does an earlier one of the same person', async () => {
  mkdirSync(at('there'))
  writeFileSync(at('there', 'ada.pem'), 'somebody else’s')
  const first = await issue('there', ['Ada'])
  expect(readFileSync(at('there', 'ada.pem'), 'utf8')).toBe('somebody else’s')
  expect(first.files).toHaveLength(1)
  expect(await nameIn(first.files[0] ?? '')).toBe('Ada')
})

it('a link is not followed', async () => {
  mkdirSync(at('links'))
  writeFileSync(at('precious.txt'), 'precious')
  symlinkSync(at('precious.txt'), at('links', 'ada.pem'))
  symlinkSync(at('nowhere'), at('links', 'grace.pem'))
  const { files } = await issue('links', ['Ada', 'Grace'])
  expect(readFileSync(at('precious.txt'), 'utf8')).toBe('precious')
  expect(readlinkSync(at('links', 'grace.pem'))).toBe(at('nowhere'))
  expect(await Promise.all(files.map(nameIn))).toEqual(['Ada', 'Grace'])
  for (const file of files) expect(lstatSync(at(file)).isFile()).toBe(true)
})

it.each(['CON', 'nul', 'Com1', 'LPT9', 'com¹'])('no file gets the name of a device of Windows: %s', async (name) => {
  const { files } = await issue('devices', [name])
  const [file = ''] = files.map((path) => path.slice('devices/'.length))
  expect(file.split('.')[0]).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/iu)
})

it('what cannot be written is named and printed, since it is issued', async () => {
  writeFileSync(at('a-file'), '')
  const { issued, files, unwritten, pem } = await issue('a-file', ['Ada'], 3)
  expect(issued).toHaveLength(1)
  expect(files).toEqual([])
  expect(unwritten).toMatchObject([{ commonName: 'Ada', reason: expect.stringContaining('a-file') }])
  expect(pem).toContain('BEGIN CERTIFICATE')
})
