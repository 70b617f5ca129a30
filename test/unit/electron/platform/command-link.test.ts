import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCommandLink } from '#electron/platform/command-link'
import { temporaryFolder } from '../../../support/home'

const program = '/Applications/Latchkey.app/Contents/Resources/bin/latchkey'
const moved = '/Users/ada/Old/Latchkey.app/Contents/Resources/bin/latchkey'

/** A Mac in a folder. Whether its shared folder is there, and whether this account may write to it. */
function mac({ from = program, shared = true }: { from?: string; shared?: boolean } = {}) {
  const userHome = temporaryFolder()
  const sharedFolder = join(temporaryFolder(), 'usr-local-bin')
  if (shared) mkdirSync(sharedFolder)
  const link = createCommandLink({ program: from, userHome, sharedFolder })
  return { link, userHome, at: join(sharedFolder, 'latchkey'), personal: join(userHome, '.local', 'bin', 'latchkey') }
}

const nowhere = { path: null, isOnPath: false }

describe.runIf(process.platform !== 'win32')('the command of a Mac’s package', () => {
  it('is linked where every terminal looks, twice without a change, and is taken away again', async () => {
    const { link, at, userHome } = mac()
    expect(await link.state()).toEqual(nowhere)
    expect(await link.install()).toEqual({ path: at, isOnPath: true })
    expect([readlinkSync(at), existsSync(join(userHome, '.local'))]).toEqual([program, false])
    expect(await link.install()).toEqual({ path: at, isOnPath: true })
    expect(await link.remove()).toEqual(nowhere)
    expect(lstatSync(at, { throwIfNoEntry: false })).toBeUndefined()
    expect(await link.remove()).toEqual(nowhere)
  })

  it.each([true, false])(
    'is linked for this person alone where there is no shared folder, as in it: %s',
    async (had) => {
      const { link, personal } = mac({ shared: false })
      if (had) {
        mkdirSync(join(personal, '..'), { recursive: true })
        writeFileSync(join(personal, '..', 'other'), '')
      }
      expect(await link.install()).toEqual({ path: '~/.local/bin/latchkey', isOnPath: false })
      expect(readlinkSync(personal)).toBe(program)
      await link.remove()
      // The folder stays: another program may have come to use it.
      expect(readdirSync(join(personal, '..'))).toEqual(had ? ['other'] : [])
    },
  )

  it('is linked for this person alone where only an administrator may write', async () => {
    const userHome = temporaryFolder()
    // Nothing on a disk is closed to root.
    const sharedFolder = process.getuid?.() === 0 ? '/sys/kernel' : join(temporaryFolder(), 'closed')
    if (!existsSync(sharedFolder)) mkdirSync(sharedFolder, { mode: 0o555 })
    const link = createCommandLink({ program, userHome, sharedFolder })
    expect(await link.install()).toMatchObject({ isOnPath: false })
    expect(readlinkSync(join(userHome, '.local', 'bin', 'latchkey'))).toBe(program)
  })

  it.each([
    ['a file', (path: string) => writeFileSync(path, 'theirs')],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link to another program', (path: string) => symlinkSync('/opt/other/latchkey', path)],
    ['a link that leads nowhere', (path: string) => symlinkSync('/gone', path)],
    [
      'a link whose target only looks like ours',
      (path: string) => symlinkSync('Latchkey.app/Contents/Resources/bin/latchkey', path),
    ],
    ['a link to another file of a copy', (path: string) => symlinkSync(`${moved}.sh`, path)],
  ])('never replaces or removes %s', async (_what, make) => {
    for (const shared of [true, false]) {
      const { link, at, personal, userHome } = mac({ shared })
      if (!shared) mkdirSync(join(userHome, '.local', 'bin'), { recursive: true })
      const path = shared ? at : personal
      make(path)
      const seen = () => {
        const status = lstatSync(path)
        return status.isSymbolicLink() ? readlinkSync(path) : status.isFile() ? readFileSync(path, 'utf8') : 'folder'
      }
      const before = seen()
      const detail = shared ? at : '~/.local/bin/latchkey'
      await expect(link.install()).rejects.toMatchObject({ code: 'command-tool-taken', detail })
      expect(await link.state()).toEqual(nowhere)
      expect(await link.remove()).toEqual(nowhere)
      expect(seen()).toBe(before)
      // Nor is it linked in the other folder, where it would be found second.
      expect(existsSync(shared ? personal : at)).toBe(false)
    }
  })

  it('leads to this copy once it is installed, where another copy had linked itself', async () => {
    const { link, at } = mac()
    symlinkSync(moved, at)
    expect(await link.state()).toEqual(nowhere)
    expect(await link.install()).toEqual({ path: at, isOnPath: true })
    expect(readlinkSync(at)).toBe(program)
  })

  it('takes the link of a copy away that is gone', async () => {
    const { link, at } = mac()
    symlinkSync(moved, at)
    await link.remove()
    expect(lstatSync(at, { throwIfNoEntry: false })).toBeUndefined()
  })

  it.each([
    '/private/var/folders/2z/kh7/T/AppTranslocation/DF2/d/Latchkey.app/Contents/Resources/bin/latchkey',
    '/Volumes/Latchkey 0.1.0/Latchkey.app/Contents/Resources/bin/latchkey',
  ])('is not linked from where it does not stay: %s', async (from) => {
    const { link, at, personal } = mac({ from })
    await expect(link.install()).rejects.toMatchObject({ code: 'command-tool-not-here' })
    expect([existsSync(at), existsSync(personal)]).toEqual([false, false])
  })

  it('says what went wrong where nothing can be written', async () => {
    const { link, userHome } = mac({ shared: false })
    writeFileSync(join(userHome, '.local'), 'a file')
    await expect(link.install()).rejects.toMatchObject({ code: 'command-tool-failed' })
    expect(await link.state()).toEqual(nowhere)
  })
})
