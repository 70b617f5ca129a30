import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { createKeepRunning } from '#electron/main/tray/keep-running'
import { findTrayHost, type TrayHost } from '#electron/main/tray/tray-host'
import { trayMenu, trayTip } from '#electron/main/tray/tray-menu'
import { createPreferences } from '#electron/platform/preferences'
import { CommandMissing, type Run } from '#electron/platform/run'
import type { Expiring } from '#shared/model/expiring'
import { IdentityId } from '#shared/model/ids'
import { AppPreferences } from '#shared/model/preferences'
import { inDays, today } from '../../../support/expiring'
import { temporaryFolder } from '../../../support/home'

const due = (name: string): Expiring => ({
  kind: 'certificate',
  identity: IdentityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'),
  key: name,
  name,
  begins: inDays(-300),
  ends: inDays(7),
  sites: { count: 0, example: null, gated: 0 },
})

/** A desktop whose tray comes and goes; `seen` is what happens on it. */
function desktop(looks: TrayHost[] = []) {
  const seen: string[] = []
  const state: { host: TrayHost; isBroken: boolean; icons: number } = { host: 'there', isBroken: false, icons: 0 }
  const keepRunning = createKeepRunning({
    preferences: createPreferences(join(temporaryFolder(), 'preferences.json'), AppPreferences),
    findTrayHost: async () => looks.shift() ?? state.host,
    makeIcon() {
      if (state.isBroken) throw new Error('The system makes no icon.')
      state.icons += 1
      return {
        draw: ({ length }) => void seen.push(`draw ${length}`),
        remove() {
          state.icons -= 1
        },
      }
    },
    hideWindow: () => void seen.push('hide'),
    quit() {
      keepRunning.quitting()
      seen.push('quit')
    },
    wait: async () => void seen.push('wait'),
    onError: () => void seen.push('error'),
  })
  const close = () => {
    const preventDefault = vi.fn()
    keepRunning.closing({ preventDefault })
    return preventDefault.mock.calls.length > 0
  }
  return { keepRunning, seen, state, close }
}

describe('a window that is closed', () => {
  it('closes as ever until somebody wants it to stay', async () => {
    const { keepRunning, state, close } = desktop()
    expect([await keepRunning.state(), close(), state.icons]).toEqual([{ isOn: false, isShown: true }, false, 0])
  })

  it('stays with one icon, which has what is due, until that is switched off or Latchkey quits', async () => {
    const { keepRunning, seen, state, close } = desktop()
    expect(await keepRunning.set(true)).toEqual({ isOn: true, isShown: true })
    keepRunning.showDue([due('Ada')])
    expect(close()).toBe(true)
    await vi.waitUntil(() => seen.includes('hide'))
    expect([seen, state.icons]).toEqual([['draw 0', 'draw 1', 'draw 1', 'hide'], 1])
    await keepRunning.set(false)
    expect([close(), state.icons]).toEqual([false, 0])
    await keepRunning.set(true)
    keepRunning.quitting()
    expect(close()).toBe(false)
  })

  it('is never hidden where nobody shows the icon, or where that cannot be told', async () => {
    const { keepRunning, seen, state, close } = desktop()
    await keepRunning.set(true)
    state.host = 'absent'
    expect(close()).toBe(true)
    await vi.waitUntil(() => seen.includes('quit'))
    expect([seen.includes('hide'), state.icons, close()]).toEqual([false, 0, false])
  })
})

describe('a start by the session', () => {
  it('waits for a tray that comes later than the programs', async () => {
    const { keepRunning, seen, state } = desktop(['there', 'absent', 'absent'])
    await keepRunning.set(true)
    expect([await keepRunning.staysHidden(), seen.filter((one) => one === 'wait').length, state.icons]).toEqual([
      true,
      1,
      1,
    ])
  })

  it.each(['an icon that cannot be made', 'a session that nothing can ask'])('does not wait for %s', async (what) => {
    const { keepRunning, seen, state } = desktop()
    if (what.startsWith('an icon')) state.isBroken = true
    else state.host = 'unknown'
    await keepRunning.set(true)
    expect([await keepRunning.staysHidden(), seen.includes('wait')]).toEqual([false, false])
  })

  it('does not stay hidden where none comes, or where it is not wanted', async () => {
    const { keepRunning, seen, state } = desktop()
    expect([await keepRunning.staysHidden(), seen]).toEqual([false, []])
    state.host = 'absent'
    await keepRunning.set(true)
    expect([await keepRunning.staysHidden(), state.icons]).toEqual([false, 0])
  })
})

describe('an icon that cannot be made', () => {
  it('is reported, and leaves a window that can be seen', async () => {
    const { keepRunning, seen, state, close } = desktop()
    state.isBroken = true
    expect(await keepRunning.set(true)).toEqual({ isOn: true, isShown: true })
    expect([await keepRunning.staysHidden(), seen.includes('error')]).toEqual([false, true])
    expect(close()).toBe(true)
    await vi.waitUntil(() => seen.includes('quit'))
    expect(seen).not.toContain('hide')
  })
})

describe('the menu of the icon', () => {
  const acts = { show: vi.fn(), open: vi.fn(), quit: vi.fn() }
  const labels = (names: string[]) => trayMenu(names.map(due), today, acts).map(({ label = '-' }) => label)

  it('names what is due, harmless whatever a certificate is called', () => {
    expect(labels(['R&D', 'a\u202eb\n', 'x'.repeat(200)])).toEqual([
      '“R&&D” expires in 7 days',
      '“a\\u202eb\\u000a” expires in 7 days',
      `“${'x'.repeat(79)}…” expires in 7 days`,
      ...['-', 'Open Latchkey', 'Quit Latchkey'],
    ])
  })

  it('stays short, and says where nothing is due', () => {
    const many = labels(Array.from({ length: 14 }, (_, index) => `c${index}`))
    expect([many.length, many[10]]).toEqual([14, '4 more items…'])
    expect([labels([])[0], trayTip([]), trayTip([due('Ada')])]).toEqual([
      'Nothing expires soon',
      'Latchkey',
      'Latchkey: 1 item expires soon',
    ])
  })
})

describe('whether somebody shows icons', () => {
  const answers =
    (known: Record<string, string | null>): Run =>
    async (program) => {
      const stdout = known[program]
      if (stdout === undefined) throw new CommandMissing(program)
      return stdout === null ? { exitCode: 1, stdout: '', stderr: 'no such name' } : { exitCode: 0, stdout, stderr: '' }
    }
  it.each([
    ['(<true>,)', 'there'],
    ['(<false>,)', 'absent'],
    [null, 'absent'],
  ])('is what the session’s bus says: %s', async (said, expected) => {
    expect(await findTrayHost({ platform: 'linux', run: answers({ gdbus: said }) })).toBe(expected)
  })

  it('is asked by the next program where one is missing, and not known without any', async () => {
    expect(
      await findTrayHost({ platform: 'linux', run: answers({ 'dbus-send': '   variant       boolean true\n' }) }),
    ).toBe('there')
    expect(await findTrayHost({ platform: 'linux', run: answers({ busctl: 'b true\n' }) })).toBe('there')
    expect(await findTrayHost({ platform: 'linux', run: answers({}) })).toBe('unknown')
  })

  it('is so on macOS and Windows', async () => {
    expect(await findTrayHost({ platform: 'win32', run: answers({}) })).toBe('there')
  })
})
