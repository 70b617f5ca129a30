import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { KeyCode } from '#shared/model/key'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { activityLine, authorityRow, identityRow, issuedRow } from '../support/rows'

/** Two of one name: nothing is guessed, and the choices are named. */
const keyCodes = ['K7QD-2M5A-XWPL-3ROB', 'AAAA-BBBB-CCCC-DDDD'].map((text) => KeyCode.parse(text))
const root = authorityRow('Acme Root')
const alone = { children: [], predecessor: null, brought: { revoked: [], crl: null }, issued: null, line: null }
const certificates = [1, 2].map((number) => issuedRow(root.id, number, { commonName: 'Grace' }))

let here: Computer
beforeAll(async () => {
  here = newComputer()
  const database = openLocalDatabase(here.latchkey)
  for (const keyCode of keyCodes) await database.identities.insert(identityRow('Ada', { keyCode }))
  await database.authorities.insert(root, alone)
  await database.authorities.insert(authorityRow('Other Root'), alone)
  await database.issued.add(certificates, activityLine)
  await database.close()
})
afterAll(() => discard(here))

it.each([
  ['a certificate of one’s own', ['uninstall', 'Ada', '--dry-run'], keyCodes],
  ['an issuer', ['ca', 'chain'], ['Acme Root', 'Other Root']],
  ['an issued certificate', ['ca', 'revoke', 'Grace'], certificates.map(({ serial }) => serial)],
])('%s', async (_what, args, choices) => {
  const { code, stdout } = await runCli(here, [...args, '--json'])
  const { error } = JSON.parse(stdout) as { error: { code: string; detail: string } }
  expect([code, error.code]).toEqual([2, 'ambiguous'])
  for (const choice of choices) expect(error.detail).toContain(choice)
})

it('a file that is not there is called that', async () => {
  const { code, stderr } = await runCli(here, ['ca', 'revoke', 'missing.pem'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('File not found: missing.pem')])
})

it.each([
  [['install'], '--file'],
  [['test', 'https://localhost:9/', '-c'], '--cert'],
])('a file where %s takes a name leads to the option for files', async (args, option) => {
  const file = join(here.home, 'client.pem')
  writeFileSync(file, 'not read')
  const { code, stderr } = await runCli(here, [...args, file])
  expect([code, stderr]).toEqual([2, expect.stringContaining(`pass ${option} ${file}`)])
  const missing = await runCli(here, [...args, 'Grace Hopper'])
  expect(missing.stderr).not.toContain('pass --')
})
