import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Run } from '#electron/platform/run'
import { type Keychain, security } from './security.mjs'

export interface SecurityDouble {
  home: string
  keychain: string
  run: Run
  /** Every command line that was started, for "no secret in argv". */
  commandLines: string[]
  /** `locked`, `cancelImport`, `cancelTrust`, `noScreen`, `hidesKeys`, `keepsKeys`. */
  set(condition: Record<string, boolean>): void
  remove(): Promise<void>
}

/** A home folder with an empty login Keychain and a `Run` that finds the double where macOS has `security`. */
export async function createSecurityDouble(): Promise<SecurityDouble> {
  const home = await mkdtemp(join(tmpdir(), 'latchkey-keychain-'))
  const keychain = join(home, 'Library', 'Keychains', 'login.keychain-db')
  await mkdir(join(home, 'Library', 'Keychains'), { recursive: true })
  await writeFile(keychain, '')
  const state: Keychain = { keychain, certificates: [], keys: [], trust: {} }
  const commandLines: string[] = []
  return {
    home,
    keychain,
    commandLines,
    async run(command, args, options) {
      if (command !== 'security') throw new Error(`unexpected command ${command}`)
      commandLines.push(args.join(' '))
      return security(state, args, Buffer.from(options?.stdin ?? '').toString())
    },
    set: (condition) => void Object.assign(state, condition),
    remove: () => rm(home, { recursive: true, force: true }),
  }
}
