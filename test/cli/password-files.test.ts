import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Computer, discard, newComputer, runCli } from '../support/crash'

/** PowerShell’s `>` puts a byte order mark in front of a passphrase. 0.1.0 took it for a part of it. */
const passphrase = 'correct horse battery staple'
let here: Computer
beforeEach(() => {
  here = newComputer()
  writeFileSync(join(here.folder, 'plain.txt'), `${passphrase}\n`)
  writeFileSync(join(here.folder, 'marked.txt'), `\ufeff${passphrase}\r\n`)
  writeFileSync(join(here.folder, 'utf16.txt'), Buffer.from(`\ufeff${passphrase}\r\n`, 'utf16le'))
})
afterEach(() => discard(here))

const request = async (name: string, file: string | null, environment: Record<string, string> = {}) => {
  const given = file === null ? [] : ['--passphrase-file', file]
  const run = await runCli(here, ['request', name, '-o', `${name}.csr`, ...given, '--json'], {
    environment: { LATCHKEY_KEYRING: 'none', ...environment },
  })
  return [run.code, JSON.parse(run.stdout).error?.code ?? null]
}

it('a passphrase is the same, whatever the encoding of its file', async () => {
  for (const [place, file] of ['plain.txt', 'marked.txt', 'utf16.txt'].entries())
    expect(await request(`ada${place}`, file)).toEqual([0, null])
})

it('a vault that was made with the mark in its passphrase opens with the file that has it, and with no other', async () => {
  expect(await request('ada', null, { LATCHKEY_PASSPHRASE: `\ufeff${passphrase}` })).toEqual([0, null])
  expect(await request('bob', 'marked.txt')).toEqual([0, null])
  expect(await request('eve', 'plain.txt')).toEqual([1, 'passphrase-wrong'])
})
