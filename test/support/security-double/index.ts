import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '#electron/platform/log'
import { createRun, type Run } from '#electron/platform/run'

export interface SecurityDouble {
  home: string
  keychain: string
  run: Run
  /** Every command line that was started, for "no secret in argv". */
  commandLines: string[]
  /** `locked`, `cancelImport`, `cancelTrust`, `noScreen`, `hidesKeys`, `keepsKeys`. */
  set(condition: Record<string, boolean>): Promise<void>
  remove(): Promise<void>
}

/** A home folder with an empty login Keychain and a `Run` that finds the double where macOS has `security`. */
export async function createSecurityDouble(): Promise<SecurityDouble> {
  const home = await mkdtemp(join(tmpdir(), 'latchkey-keychain-'))
  const keychain = join(home, 'Library', 'Keychains', 'login.keychain-db')
  await mkdir(join(home, 'Library', 'Keychains'), { recursive: true })
  await writeFile(keychain, '')
  const stateFile = join(home, 'state.json')
  await writeFile(stateFile, JSON.stringify({ keychain, certificates: [], keys: [], trust: {} }))
  const real = createRun(silentLog)
  const commandLines: string[] = []
  return {
    home,
    keychain,
    commandLines,
    run(command, args, options) {
      if (command !== 'security') throw new Error(`unexpected command ${command}`)
      commandLines.push(args.join(' '))
      return real(process.execPath, [join(import.meta.dirname, 'security.mjs'), stateFile, ...args], options)
    },
    async set(condition) {
      const state: unknown = JSON.parse(await readFile(stateFile, 'utf8'))
      await writeFile(stateFile, JSON.stringify(Object.assign({}, state, condition)))
    },
    remove: () => rm(home, { recursive: true, force: true }),
  }
}
