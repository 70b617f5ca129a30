import { describe, expect, it } from 'vitest'
import { type MachineSource, readMachineAccount } from '#electron/platform/machine-account'
import { CommandMissing, type Run } from '#electron/platform/run'

const id = '3d1219c7c4c5404aaa1f6d2a48adfda4'
const uuid = '1A2B3C4D-0000-1111-2222-333344445555'
const missing: Run = async (command) => {
  throw new CommandMissing(command)
}
/** As ioreg prints it. */
const ioreg: Run = async (command, args) => {
  expect([command, ...args]).toEqual(['/usr/sbin/ioreg', '-r', '-d', '1', '-c', 'IOPlatformExpertDevice'])
  const stdout = `+-o J314sAP  <class IOPlatformExpertDevice, id 0x100000227>\n    {\n      "IOPlatformSerialNumber" = "C02"\n      "IOPlatformUUID" = "${uuid}"\n    }\n`
  return { exitCode: 0, stdout, stderr: '' }
}

const source = (changes: Partial<MachineSource>): MachineSource => ({
  platform: 'linux',
  run: missing,
  readText: async () => `${id}\n`,
  windowsMachineGuid: async () => '',
  userId: 1000,
  username: () => 'Ada',
  ...changes,
})
const files = (texts: Record<string, string>) => async (path: string) => {
  const text = texts[path]
  if (text === undefined) throw new Error('ENOENT')
  return text
}
const read = (changes: Partial<MachineSource>) => readMachineAccount(source(changes))

describe('readMachineAccount', () => {
  it('reads systemd’s file, or D-Bus’ where there is none', async () => {
    const named = JSON.stringify(['linux', id, '1000'])
    expect(await read({})).toBe(named)
    expect(await read({ readText: files({ '/var/lib/dbus/machine-id': id }) })).toBe(named)
    const image = { '/etc/machine-id': 'uninitialized\n', '/var/lib/dbus/machine-id': id }
    expect(await read({ readText: files(image) })).toBe(named)
  })

  it.each(['', 'uninitialized', '0'.repeat(32), 'not hex', `${id}00`])(
    'knows nothing where the file says “%s”',
    async (text) => {
      expect(await read({ readText: async () => text })).toBeNull()
    },
  )

  it('tells accounts and computers apart', async () => {
    const other = files({ '/etc/machine-id': [...id].reverse().join('') })
    const all = await Promise.all([read({}), read({ userId: 1001 }), read({ readText: other })])
    expect(new Set(all).size).toBe(3)
  })

  it('asks ioreg on macOS', async () => {
    expect(await read({ platform: 'darwin', run: ioreg, userId: 501 })).toBe(JSON.stringify(['darwin', uuid, '501']))
    expect(await read({ platform: 'darwin' })).toBeNull()
  })

  it('asks the registry on Windows, where accounts have names', async () => {
    const windows = { platform: 'win32', userId: null } as const
    const guid = async () => '0a1b2c3d-aaaa-bbbb-cccc-ddddeeeeffff'
    expect(await read({ ...windows, windowsMachineGuid: guid })).toBe(
      JSON.stringify(['win32', '0a1b2c3d-aaaa-bbbb-cccc-ddddeeeeffff', 'ada']),
    )
    expect(await read(windows)).toBeNull()
  })

  it('knows nothing of other systems', async () => {
    expect(await read({ platform: 'freebsd' })).toBeNull()
  })

  it('finds this computer', async () => {
    expect(await readMachineAccount()).toBe(await readMachineAccount())
  })
})
