import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { keysIn } from '../support/nss'
import { openWorkshop, type Workshop } from '../support/openssl'

let here: Computer
let workshop: Workshop
beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
  const parts: string[] = []
  for (const name of ['Ada', 'Grace']) {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
    const leaf = ['-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:FALSE', '-out', 'leaf.pem']
    await workshop.openssl('req', '-x509', ...key, ...leaf)
    parts.push(String(await workshop.read('key.pem')), String(await workshop.read('leaf.pem')))
  }
  writeFileSync(join(here.folder, 'all.pem'), parts.join(''))
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

it('several certificates in one file are named, and the one that was picked is installed', async () => {
  const asked = await runCli(here, ['install', '--file', 'all.pem'])
  expect(asked.code).toBe(2)
  for (const name of ['Ada', 'Grace']) expect(asked.stderr).toContain(`${name}, key `)
  expect((await runCli(here, ['list', '--json'])).stdout).toContain('"total":0')
  const installed = await runCli(here, ['install', '--file', 'all.pem', '--pick', 'Grace'])
  expect(installed.code, installed.stderr).toBe(0)
  expect(keysIn(here.home)).toContain('Grace')
  expect(keysIn(here.home)).not.toContain('Ada')
})
