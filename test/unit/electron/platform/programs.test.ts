import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, it } from 'vitest'
import { createProgramSearch } from '#electron/platform/programs'
import { temporaryFolder } from '../../../support/home'

/** Two folders on the PATH: "first" is not there, "second" holds what the test puts into it. */
function folders() {
  const home = temporaryFolder()
  const second = join(home, 'second')
  mkdirSync(second)
  const hasProgram = createProgramSearch({ PATH: [join(home, 'first'), '', second].join(delimiter) })
  return { at: (name: string) => join(second, name), hasProgram }
}

it('finds a program in any folder of the PATH, also behind a link', async () => {
  const { at, hasProgram } = folders()
  writeFileSync(at('certutil'), '#!/bin/sh\n', { mode: 0o755 })
  symlinkSync(at('certutil'), at('linked'))
  expect(await hasProgram('certutil')).toBe(true)
  expect(await hasProgram('linked')).toBe(true)
})

it('does not take for a program what cannot be started', async () => {
  const { at, hasProgram } = folders()
  mkdirSync(at('folder'))
  symlinkSync(at('nothing'), at('dangling'))
  writeFileSync(at('text'), 'not a program')
  chmodSync(at('text'), 0o644)
  for (const name of ['folder', 'dangling', 'text', 'nowhere']) expect(await hasProgram(name), name).toBe(false)
})

it('finds nothing without a PATH, and never looks where it happens to run', async () => {
  expect(await createProgramSearch({})('package.json')).toBe(false)
  expect(await createProgramSearch({ PATH: '' })('package.json')).toBe(false)
})
