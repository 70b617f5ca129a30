import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '#shared/errors'
import { type Environment, readEnvironment } from './environment'
import { refuseForeign } from './home-owner'
import { createFileLog, type Log, silentLog } from './log'

export interface HomeInput {
  environment: Environment
  platform: NodeJS.Platform
  userHome: string
  /** The effective user id (`process.geteuid`); null where there is none, as on Windows. */
  me: number | null
}

export interface HomePaths {
  home: string
  /** By LATCHKEY_HOME: the folder may have other uses. */
  isGiven: boolean
  log: string
  /** Why nothing may be read or written there; null where nothing speaks against it. */
  refusal: AppError | null
}

/** A refused folder gets no log. */
export const openLog = ({ log, refusal }: HomePaths): Log => (refusal === null ? createFileLog(log) : silentLog)

/** Of this process. */
export const ownPaths = (): HomePaths =>
  homePaths({ environment: readEnvironment(), platform: process.platform, userHome: homedir(), me: effectiveUser() })

export const effectiveUser = (): number | null => process.geteuid?.() ?? null

/** Where Latchkey keeps its files: LATCHKEY_HOME, or the platform's own place (on Windows the folder that does not roam). */
export function homePaths(input: HomeInput): HomePaths {
  const given = input.environment.home
  const home = given ?? defaultHome(input)
  const refusal = refuseForeign(home, input.me) ?? create(home)
  return { home, isGiven: given !== null, log: join(home, 'latchkey.log'), refusal }
}

function create(home: string): AppError | null {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    return null
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!refused.has(code)) throw error
    return new AppError('file-not-written', 'Latchkey’s own folder could not be created.')
  }
}

const refused = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ELOOP', 'EEXIST', 'ENOSPC', 'EDQUOT'])

function defaultHome({ environment, platform, userHome }: HomeInput): string {
  switch (platform) {
    case 'darwin':
      return join(userHome, 'Library', 'Application Support', 'Latchkey')
    case 'win32':
      return join(environment.localAppData ?? join(userHome, 'AppData', 'Local'), 'Latchkey')
    default:
      return join(environment.configHome ?? join(userHome, '.config'), 'Latchkey')
  }
}
