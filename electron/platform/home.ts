import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { AppError } from '#shared/errors'
import { type Environment, readEnvironment } from './environment'
import { refuseForeign } from './home-owner'
import { refuseUnusable } from './home-usable'
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
export const ownPaths = (): HomePaths => homePaths(ownInput())

/** Whether this process would find records; no folder is made for them. */
export const hasRecords = (): boolean => existsSync(join(homeOf(ownInput()), 'latchkey.db'))

const ownInput = (): HomeInput => ({
  environment: readEnvironment(),
  platform: process.platform,
  userHome: homedir(),
  me: effectiveUser(),
})

export const effectiveUser = (): number | null => process.geteuid?.() ?? null

/** Where Latchkey keeps its files: LATCHKEY_HOME, or the platform's own place (on Windows the folder that does not roam). */
export function homePaths(input: HomeInput): HomePaths {
  const home = homeOf(input)
  const refusal = refuseForeign(home, input.me) ?? refuseUnusable(home)
  return { home, isGiven: input.environment.home !== null, log: join(home, 'latchkey.log'), refusal }
}

const homeOf = (input: HomeInput) => input.environment.home ?? defaultHome(input)

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
