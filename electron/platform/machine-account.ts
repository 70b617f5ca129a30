import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { silentLog } from './log'
import { readRegistryText } from './registry'
import { createRun, type Run } from './run'

export interface MachineSource {
  platform: NodeJS.Platform
  run: Run
  readText(path: string): Promise<string>
  windowsMachineGuid(): Promise<string>
  /** Null on Windows. */
  userId: number | null
  username(): string
}

/**
 * Names this account on this computer, so that what was bound to it is not taken for genuine elsewhere; null where the
 * system has no such name. The computer's part is confidential: machine-id(5) wants it to be used only inside a keyed
 * hash. It must not be shown, logged, sent or kept.
 */
export async function readMachineAccount(source: MachineSource = systemSource()): Promise<string | null> {
  try {
    const machine = await machineOf(source)
    const account = source.userId === null ? source.username().toLowerCase() : String(source.userId)
    return machine === null ? null : JSON.stringify([source.platform, machine, account])
  } catch {
    // Whatever hinders the reading, nothing is bound then.
    return null
  }
}

async function machineOf(source: MachineSource): Promise<string | null> {
  switch (source.platform) {
    case 'linux':
      return linuxMachine(source)
    case 'darwin': {
      const { stdout } = await source.run('/usr/sbin/ioreg', ['-r', '-d', '1', '-c', 'IOPlatformExpertDevice'])
      return /"IOPlatformUUID" = "([0-9A-F-]{36})"/u.exec(stdout)?.[1] ?? null
    }
    case 'win32':
      return /^[0-9a-f-]{36}$/iu.exec(await source.windowsMachineGuid())?.[0] ?? null
    default:
      return null
  }
}

/** systemd's file, or D-Bus' own where there is no systemd. Either may be empty or "uninitialized" in an image. */
async function linuxMachine({ readText }: MachineSource): Promise<string | null> {
  for (const path of ['/etc/machine-id', '/var/lib/dbus/machine-id']) {
    const text = await readText(path).catch(() => '')
    const id = /^[0-9a-f]{32}$/u.exec(text.trim())?.[0] ?? null
    if (id !== null && /[^0]/u.test(id)) return id
  }
  return null
}

function systemSource(): MachineSource {
  return {
    platform: process.platform,
    run: createRun(silentLog),
    readText: (path) => readFile(path, 'utf8'),
    windowsMachineGuid,
    userId: process.getuid?.() ?? null,
    username: () => userInfo().username,
  }
}

/** '' when it cannot be read. */
async function windowsMachineGuid(): Promise<string> {
  const found = await readRegistryText('machine', 'SOFTWARE\\Microsoft\\Cryptography', 'MachineGuid', 128)
  return found.kind === 'read' ? found.text : ''
}
