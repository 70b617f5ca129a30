import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createOtherVersions } from '#electron/platform/other-versions'
import { temporaryFolder } from '../../../support/home'

describe('records of a newer version', () => {
  it('are said to be of it, also after an older one has tried', async () => {
    const home = temporaryFolder()
    await createOtherVersions(home, '0.10.0').noteOpened()
    await createOtherVersions(home, '0.9.1').noteOpened()
    expect(createOtherVersions(home, '0.9.1').tooNew()).toBe(
      'Latchkey 0.10.0 has written it, and this is Latchkey 0.9.1.',
    )
    expect(createOtherVersions(home, '0.10.0+trial').tooNew()).toBe('This is Latchkey 0.10.0+trial.')
  })

  it('are said to be of a release, not of what came before it', async () => {
    const home = temporaryFolder()
    for (const version of ['1.0.0-rc.1', '1.0.0']) await createOtherVersions(home, version).noteOpened()
    expect(createOtherVersions(home, '1.0.0-rc.1').tooNew()).toBe(
      'Latchkey 1.0.0 has written it, and this is Latchkey 1.0.0-rc.1.',
    )
  })

  it('have no name where no version or something else is noted', () => {
    const home = temporaryFolder()
    const older = createOtherVersions(home, '0.1.0')
    expect(older.tooNew()).toBe('This is Latchkey 0.1.0.')
    for (const text of ['', '{}', '{"version":"\\u001b[31m9.9.9"}', `{"version":"9.9.9${'x'.repeat(5000)}"}`]) {
      writeFileSync(join(home, 'version.json'), text)
      expect(older.tooNew(), text.slice(0, 40)).toBe('This is Latchkey 0.1.0.')
    }
  })

  it('are no reason to fail where nothing can be noted', async () => {
    const home = temporaryFolder()
    mkdirSync(join(home, 'version.json'))
    await createOtherVersions(home, '0.1.0').noteOpened()
    await createOtherVersions(join(home, 'gone'), '0.1.0').noteOpened()
  })
})

describe('a window of another version', () => {
  it('is named as long as its process is there', async () => {
    const home = temporaryFolder()
    const [older, newer] = [createOtherVersions(home, '0.1.0'), createOtherVersions(home, '0.2.0')]
    expect(newer.windowNote()).toBeNull()
    await older.noteWindow(process.pid)
    expect(older.windowNote()).toBeNull()
    expect(newer.windowNote()).toMatch(/^A window of Latchkey 0\.1\.0 is open, and this is Latchkey 0\.2\.0\./u)
    newer.forgetWindow(process.pid + 1)
    expect(newer.windowNote()).not.toBeNull()
    older.forgetWindow(process.pid)
    expect(newer.windowNote()).toBeNull()
    await older.noteWindow(2 ** 22 + 1)
    expect(newer.windowNote()).toBeNull()
  })

  it('is not looked for behind a link', () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'elsewhere'), JSON.stringify({ version: '9.9.9', processId: process.pid }))
    symlinkSync(join(home, 'elsewhere'), join(home, 'open-window.json'))
    expect(createOtherVersions(home, '0.1.0').windowNote()).toBeNull()
  })
})
