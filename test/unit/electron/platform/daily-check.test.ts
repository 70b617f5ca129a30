import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DailyCheckPorts } from '#electron/platform/daily-check/daily-check'
import { createDailyCheck } from '#electron/platform/daily-check/index'
import { agent } from '#electron/platform/daily-check/launchd'
import { serviceUnit, timerUnit } from '#electron/platform/daily-check/systemd'
import { task } from '#electron/platform/daily-check/task-scheduler'
import { silentLog } from '#electron/platform/log'
import { CommandMissing, createRun } from '#electron/platform/run'
import { repairEntry } from '#electron/platform/system-entry'
import { temporaryFolder } from '../../../support/home'

const command: DailyCheckPorts['command'] = [
  '/opt/A "quoted" 100% $HOME\\x/latchkey',
  '/srv/app & co',
  '--check-expiry',
]

/** A system whose programs only keep what they are told; `answers` of a program come before “0”. */
function system(platform: NodeJS.Platform, changes: Partial<DailyCheckPorts> = {}) {
  const userHome = temporaryFolder()
  const calls: string[] = []
  const exits = new Map<string, number>()
  const texts: string[] = []
  const printed = new Map<string, string>()
  const check = createDailyCheck({
    run: async (program, args) => {
      const line = [program, ...args].join(' ')
      calls.push(line.replaceAll(userHome, '~').replace(/latchkey-task-\w+/u, 'folder'))
      const file = args[args.indexOf('/XML') + 1]
      if (args.includes('/XML') && file !== undefined) texts.push(readFileSync(file).toString('utf16le'))
      const [, exitCode = 0] = [...exits].find(([start]) => line.startsWith(start)) ?? []
      return { exitCode, stdout: printed.get(line) ?? '', stderr: exitCode === 0 ? '' : 'Access denied.' }
    },
    platform,
    userHome,
    configHome: null,
    temporaryFolder: userHome,
    userId: 501,
    command,
    latchkeyHome: null,
    ...changes,
  })
  return { check, calls, exits, texts, printed, userHome }
}

describe('on Linux', () => {
  const files = (home: string) =>
    ['service', 'timer'].map((kind) => join(home, '.config', 'systemd', 'user', `latchkey-expiry.${kind}`))

  it('a timer of the user manager is written, enabled, and taken away again', async () => {
    const { check, calls, userHome } = system('linux')
    expect([await check.isOn(), calls]).toEqual([false, []])
    await check.switchOn()
    expect([await check.isOn(), files(userHome).map(existsSync)]).toEqual([true, [true, true]])
    await check.switchOff()
    expect([await check.isOn(), files(userHome).map(existsSync)]).toEqual([false, [false, false]])
    await check.switchOff()
    expect(calls).toEqual([
      'systemctl --user daemon-reload',
      'systemctl --user enable --now latchkey-expiry.timer',
      'systemctl --user is-enabled --quiet latchkey-expiry.timer',
      'systemctl --user disable --now latchkey-expiry.timer',
      'systemctl --user daemon-reload',
    ])
  })

  it('nothing is left where systemd refuses or is not there, and the person is told', async () => {
    const { check, calls, exits, userHome } = system('linux')
    exits.set('systemctl --user enable', 1)
    const refused = { code: 'timer-failed', detail: expect.stringContaining('Access denied.') }
    await expect(check.switchOn()).rejects.toMatchObject(refused)
    expect(files(userHome).map(existsSync)).toEqual([false, false])
    // “enable” may have made its link before the start was refused.
    expect(calls.at(-1)).toBe('systemctl --user disable --now latchkey-expiry.timer')
    const without = system('linux', { run: () => Promise.reject(new CommandMissing('systemctl')) })
    await expect(without.check.switchOn()).rejects.toMatchObject({ code: 'timer-unavailable' })
    expect(files(without.userHome).map(existsSync)).toEqual([false, false])
  })

  it('what somebody disabled by hand is off', async () => {
    const { check, exits } = system('linux')
    await check.switchOn()
    exits.set('systemctl --user is-enabled', 1)
    expect(await check.isOn()).toBe(false)
  })

  it('a timer for a program that has moved since is off, and is replaced', async () => {
    const { check, userHome } = system('linux')
    await check.switchOn()
    const moved = system('linux', { userHome, command: ['/opt/elsewhere/latchkey', '--check-expiry'] })
    expect(await moved.check.isOn()).toBe(false)
    await moved.check.switchOn()
    expect([await moved.check.isOn(), await check.isOn()]).toEqual([true, false])
  })

  it('a window that was opened from a warning stays when the check ends', () => {
    expect(serviceUnit(command, null)).toContain('\nKillMode=process\n')
  })

  it('a path with every special sign stays one word of the command line', () => {
    expect(serviceUnit(command, '/home/a b')).toContain(
      [
        'Environment="LATCHKEY_HOME=/home/a b"',
        'ExecStart="/opt/A \\"quoted\\" 100%% $$HOME\\\\x/latchkey" "/srv/app & co" "--check-expiry"',
      ].join('\n'),
    )
  })

  it.skipIf(!existsSync('/usr/bin/systemd-analyze'))('systemd itself skips it where the program is gone', async () => {
    const folder = temporaryFolder()
    const program = join(folder, 'a "b" 100% $c\\x')
    const [condition = ''] = /^ConditionFile.*$/mu.exec(serviceUnit([program, '--check-expiry'], null)) ?? []
    const judge = async () => {
      const environment = { XDG_RUNTIME_DIR: folder, HOME: folder }
      const judged = await createRun(silentLog)('/usr/bin/systemd-analyze', ['condition', condition], { environment })
      return judged.stdout + judged.stderr
    }
    expect(await judge()).toContain('Conditions failed.')
    writeFileSync(program, '', { mode: 0o755 })
    expect(await judge()).toContain('Conditions succeeded.')
  })

  it.skipIf(!existsSync('/usr/bin/systemd-analyze'))('systemd itself finds no fault in it', async () => {
    const { check, userHome } = system('linux', { command: ['/bin/true', 'a "b" 100% $c', '--check-expiry'] })
    await check.switchOn()
    const run = createRun(silentLog)
    const runtime = { XDG_RUNTIME_DIR: temporaryFolder(), HOME: temporaryFolder() }
    const verified = await run('/usr/bin/systemd-analyze', ['verify', '--user', '--man=no', ...files(userHome)], {
      environment: runtime,
    })
    expect([verified.exitCode, verified.stderr]).toEqual([0, ''])
    const next = await run('/usr/bin/systemd-analyze', [
      ...['calendar', '--base-time=2026-03-01 12:00:00 UTC'],
      /^OnCalendar=(.*)$/mu.exec(timerUnit())?.[1] ?? '',
    ])
    expect(next.stdout).toContain('2026-03-02 09:00:00')
  })
})

describe('on macOS', () => {
  const file = (home: string) => join(home, 'Library', 'LaunchAgents', 'app.latchkey.expiry.plist')

  it('a launch agent is loaded into the person’s session, and taken out again', async () => {
    const { check, calls, exits, userHome } = system('darwin')
    exits.set('launchctl print', 113)
    await check.switchOn()
    expect(existsSync(file(userHome))).toBe(true)
    exits.clear()
    expect(await check.isOn()).toBe(true)
    await check.switchOff()
    expect(existsSync(file(userHome))).toBe(false)
    expect(calls.filter((call) => !call.includes('print'))).toEqual([
      'launchctl bootstrap gui/501 ~/Library/LaunchAgents/app.latchkey.expiry.plist',
      'launchctl bootout gui/501/app.latchkey.expiry',
    ])
  })

  it('nothing is left where launchd refuses', async () => {
    const { check, exits, userHome } = system('darwin')
    exits.set('launchctl print', 113)
    exits.set('launchctl bootstrap', 5)
    await expect(check.switchOn()).rejects.toMatchObject({ code: 'timer-failed' })
    expect(existsSync(file(userHome))).toBe(false)
  })

  it('its file is XML whatever is in a path', () => {
    const text = agent(command, '/a<b')
    expect(text).toContain('<string>/srv/app &amp; co</string>')
    expect(text).toContain('<key>LATCHKEY_HOME</key>\n    <string>/a&lt;b</string>')
    expect(text).toContain('<key>Hour</key>\n    <integer>9</integer>')
  })
})

describe('on Windows', () => {
  it('a task is made from a file that is gone afterwards, and deleted', async () => {
    const { check, calls, exits, texts, userHome } = system('win32')
    await check.switchOn()
    expect(texts[0]).toBe(`\ufeff${task(command)}`)
    await check.switchOff()
    exits.set('schtasks /Query', 1)
    expect(await check.isOn()).toBe(false)
    await check.switchOff()
    expect(calls).toEqual([
      'schtasks /Create /TN Latchkey\\Expiry /XML ~/folder/task.xml /F',
      'schtasks /Query /TN Latchkey\\Expiry',
      'schtasks /Delete /TN Latchkey\\Expiry /F',
      'schtasks /Query /TN Latchkey\\Expiry',
      'schtasks /Query /TN Latchkey\\Expiry',
    ])
    expect(existsSync(join(userHome, 'folder'))).toBe(false)
  })

  it('words are quoted as its programs read them', () => {
    const text = task(['C:\\Program Files\\Latchkey\\Latchkey.exe', 'C:\\a "b"\\', '--check-expiry'])
    expect(text).toContain('<Command>&quot;C:\\Program Files\\Latchkey\\Latchkey.exe&quot;</Command>')
    expect(text).toContain('<Arguments>&quot;C:\\a \\&quot;b\\&quot;\\\\&quot; &quot;--check-expiry&quot;</Arguments>')
  })

  it('a folder of one’s own cannot be passed on, which is said', async () => {
    const { check } = system('win32', { latchkeyHome: 'D:\\data' })
    await expect(check.switchOn()).rejects.toMatchObject({ code: 'timer-unavailable' })
    expect(await check.isOn()).toBe(false)
  })
})

it('elsewhere nothing is offered that would not run', async () => {
  const { check, calls } = system('freebsd')
  await expect(check.switchOn()).rejects.toMatchObject({ code: 'timer-unavailable' })
  expect([await check.isOn(), calls]).toEqual([false, []])
})

describe.each(['linux', 'darwin'] as const)('a timer of %s that starts something else', (platform) => {
  const [program] = command
  /** The timer of a program in the home that another one finds. */
  const found = async (earlier: DailyCheckPorts['command'], changes: Partial<DailyCheckPorts> = {}) => {
    const { check, userHome } = system(platform, { command: earlier })
    await check.switchOn()
    return system(platform, { userHome, ...changes })
  }

  it('is made anew where that program is gone', async () => {
    const { check } = await found(['/opt/an "earlier" 100% $place\\<x>/latchkey', '--check-expiry'])
    expect(await check.startsOtherwise()).toBe('/opt/an "earlier" 100% $place\\<x>/latchkey')
    expect([await repairEntry(check, program), await check.isOn()]).toEqual([true, true])
    expect(await check.startsOtherwise()).toBeNull()
  })

  it('is made anew where an earlier version of this program wrote it', async () => {
    const { check } = await found([program, '--check'])
    expect([await repairEntry(check, program), await check.isOn()]).toEqual([true, true])
  })

  it('is left where that program is there, or warns of another home', async () => {
    const { check } = await found([process.execPath, '--check-expiry'])
    expect([await repairEntry(check, program), await check.startsOtherwise()]).toEqual([false, process.execPath])
    const other = await found(['/opt/gone/latchkey'], { latchkeyHome: '/srv/another' })
    expect(await repairEntry(other.check, program)).toBe(false)
  })

  it('is left off where nobody switched it on, or somebody switched it off since', async () => {
    const { check, calls } = system(platform)
    expect([await repairEntry(check, program), calls]).toEqual([false, []])
    const off = await found(['/opt/gone/latchkey'])
    off.exits.set(platform === 'linux' ? 'systemctl --user is-enabled' : 'launchctl print', 1)
    expect(await repairEntry(off.check, program)).toBe(false)
  })
})

describe('a task of Windows that starts something else', () => {
  const query = 'schtasks /Query /TN Latchkey\\Expiry /XML'
  const started = (program: string) => task([program, '--check-expiry'])

  it('is made anew where that program is gone, and left where it is there or cannot be told', async () => {
    const { check, printed, texts } = system('win32')
    printed.set(query, started('C:\\gone & away\\Latchkey.exe'))
    expect(await check.startsOtherwise()).toBe('C:\\gone & away\\Latchkey.exe')
    expect([await repairEntry(check, command[0]), texts.length]).toEqual([true, 1])
    for (const program of [command[0], process.execPath, 'C:\\Übung\\Latchkey.exe']) {
      printed.set(query, started(program))
      expect(await repairEntry(check, command[0]), program).toBe(false)
    }
    printed.clear()
    expect(await repairEntry(check, command[0])).toBe(false)
  })
})
