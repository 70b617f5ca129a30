import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { createLoginItem, type LoginItem } from '#electron/platform/start-at-login/login-item'
import { autostartEntry, createXdgAutostart } from '#electron/platform/start-at-login/xdg-autostart'
import { repairEntry } from '#electron/platform/system-entry'
import { temporaryFolder } from '../../../support/home'

type Ports = Parameters<typeof createXdgAutostart>[0]

const hostile = 'a "b" 100% $HOME `id` \\x; \'y\' & <z>'

function session(changes: Partial<Ports> = {}) {
  const userHome = changes.userHome ?? temporaryFolder()
  const command: Ports['command'] = ['/opt/Latchkey/latchkey-desktop', '--at-login']
  const entry = createXdgAutostart({ userHome, configHome: null, command, latchkeyHome: null, ...changes })
  const file = join(changes.configHome ?? join(userHome, '.config'), 'autostart', 'latchkey.desktop')
  return { entry, file, userHome }
}

describe('an entry for the login on Linux', () => {
  it('is off until somebody switches it on, and gone when it is switched off', async () => {
    const { entry, file } = session()
    expect([await entry.isOn(), existsSync(file)]).toEqual([false, false])
    await entry.switchOff()
    await entry.switchOn()
    expect([await entry.isOn(), existsSync(file)]).toEqual([true, true])
    await entry.switchOff()
    expect([await entry.isOn(), existsSync(file)]).toEqual([false, false])
  })

  it('is written where XDG_CONFIG_HOME says', async () => {
    const configHome = join(temporaryFolder(), 'settings')
    const { entry, file } = session({ configHome })
    await entry.switchOn()
    expect(readFileSync(file, 'utf8')).toContain('Exec=/opt/Latchkey/latchkey-desktop --at-login\n')
  })

  it('is not said to fail by the system where we ask for something senseless', async () => {
    const { entry } = session({ configHome: 'a\0b' })
    await expect(entry.switchOn()).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' })
  })

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'is off where the desktop has written %s',
    async (line) => {
      const { entry, file } = session()
      await entry.switchOn()
      writeFileSync(file, `${readFileSync(file, 'utf8')}${line}\n`)
      expect([await entry.isOn(), await entry.startsOtherwise()]).toEqual([false, null])
      expect(await repairEntry(entry, '/opt/Latchkey/latchkey-desktop')).toBe(false)
    },
  )

  it('stays on where the desktop has added lines of its own', async () => {
    const { entry, file } = session()
    await entry.switchOn()
    writeFileSync(file, `${readFileSync(file, 'utf8')}RunHook=0\n`)
    expect([await entry.isOn(), await entry.startsOtherwise()]).toEqual([true, null])
  })

  it('is made anew where the program has moved, and left where another Latchkey is still there', async () => {
    const gone = `/gone/${hostile}/latchkey`
    const { entry: earlier, userHome } = session({ command: [gone, '--at-login'] })
    await earlier.switchOn()
    const { entry } = session({ userHome })
    expect([await entry.isOn(), await entry.startsOtherwise()]).toEqual([false, gone])
    expect([await repairEntry(entry, '/opt/Latchkey/latchkey-desktop'), await entry.isOn()]).toEqual([true, true])
    const { entry: other } = session({ userHome, command: [process.execPath, '--at-login'] })
    await other.switchOn()
    expect(await repairEntry(entry, '/opt/Latchkey/latchkey-desktop')).toBe(false)
  })

  it('is left where it is about another home', async () => {
    const { entry: other, userHome } = session({ command: ['/gone/latchkey'], latchkeyHome: `/srv/${hostile}` })
    await other.switchOn()
    expect([await other.isOn(), await session({ userHome }).entry.startsOtherwise()]).toEqual([true, null])
    const moved = session({ userHome, latchkeyHome: `/srv/${hostile}` })
    expect(await moved.entry.startsOtherwise()).toBe('/gone/latchkey')
  })

  it('says so where the folder cannot be written', async () => {
    const { entry, userHome } = session()
    writeFileSync(join(userHome, '.config'), 'a file')
    await expect(entry.switchOn()).rejects.toMatchObject({ code: 'login-start-failed' })
  })
})

/** A program with a name of every kind, which writes down what it was given. */
function hostileProgram(name = hostile) {
  const folder = join(temporaryFolder(), name)
  mkdirSync(folder, { recursive: true })
  const program = join(folder, 'program')
  const seen = join(folder, '..', 'seen')
  writeFileSync(
    program,
    `#!/bin/sh\nprintf '%s\\n' "$0" "$@" "$LATCHKEY_HOME" > '${seen}.part' && mv '${seen}.part' '${seen}'\n`,
  )
  chmodSync(program, 0o755)
  return { program, folder, seen }
}

const generator = '/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator'

describe('what others make of the entry', () => {
  it.skipIf(!existsSync('/usr/bin/gio'))('GLib starts each word as it is', async () => {
    const { program, folder, seen } = hostileProgram()
    const file = join(folder, 'entry.desktop')
    writeFileSync(file, autostartEntry([program, hostile, '--at-login'], folder))
    execFileSync('/usr/bin/gio', ['launch', file], { stdio: 'pipe' })
    await vi.waitUntil(() => existsSync(seen), { timeout: 60_000 })
    expect(readFileSync(seen, 'utf8').split('\n')).toEqual([program, hostile, '--at-login', folder, ''])
  })

  it.skipIf(!existsSync('/usr/bin/gio'))('GLib starts nothing once the program is gone', () => {
    const { program, folder } = hostileProgram()
    const file = join(folder, 'entry.desktop')
    writeFileSync(file, autostartEntry([program, '--at-login'], folder))
    rmSync(program)
    expect(() => execFileSync('/usr/bin/gio', ['launch', file], { stdio: 'pipe' })).toThrow()
  })

  it.skipIf(!existsSync('/usr/bin/desktop-file-validate'))('it follows the specification', () => {
    const { program, folder } = hostileProgram()
    const file = join(folder, 'entry.desktop')
    writeFileSync(file, autostartEntry([program, '--at-login'], folder))
    const said = execFileSync('/usr/bin/desktop-file-validate', [file], { encoding: 'utf8' })
    expect(said.split('\n').filter((line) => line.includes('error'))).toEqual([])
  })

  it.skipIf(!existsSync(generator))(
    'systemd takes it for the session, and leaves it out once the program is gone',
    async () => {
      // Debian 12's generator takes no program with other signs that stand behind a backslash or are doubled.
      const { program } = hostileProgram(`a 'b' & <c> "d"`)
      const { entry, userHome } = session({ command: [program, '--at-login'] })
      await entry.switchOn()
      const units = () => {
        const folders = ['normal', 'early', 'late'].map((name) => join(temporaryFolder(), name))
        for (const folder of folders) mkdirSync(folder)
        const environment = { HOME: userHome, XDG_CONFIG_HOME: join(userHome, '.config'), XDG_CONFIG_DIRS: '/nowhere' }
        execFileSync(generator, folders, { env: { PATH: process.env['PATH'], ...environment }, stdio: 'pipe' })
        return folders.flatMap((folder) => readdirSync(folder)).filter((name) => name.includes('latchkey'))
      }
      expect(units()).toContain('app-latchkey@autostart.service')
      rmSync(program)
      expect(units()).toEqual([])
    },
  )
})

describe('a login item of macOS or Windows', () => {
  const item = (answer: LoginItem, latchkeyHome: string | null = null) => {
    const written: boolean[] = []
    return {
      written,
      entry: createLoginItem({ read: () => answer, write: (is) => void written.push(is), latchkeyHome }),
    }
  }

  it('is what the system says of it', async () => {
    const on = item({ openAtLogin: true })
    await on.entry.switchOn()
    await on.entry.switchOff()
    expect([await on.entry.isOn(), on.written]).toEqual([true, [true, false]])
  })

  it('fails where the system does not take it, or the person has to allow it', async () => {
    await expect(item({ openAtLogin: false }).entry.switchOn()).rejects.toMatchObject({ code: 'login-start-failed' })
    const detail = expect.stringContaining('Allow Latchkey')
    await expect(item({ openAtLogin: false, status: 'requires-approval' }).entry.switchOn()).rejects.toMatchObject({
      detail,
    })
  })

  it('is refused for a folder of one’s own, which it could not name', async () => {
    const { entry, written } = item({ openAtLogin: true }, 'D:\\data')
    await expect(entry.switchOn()).rejects.toMatchObject({ code: 'login-start-failed' })
    expect([await entry.isOn(), written]).toEqual([false, []])
  })
})
