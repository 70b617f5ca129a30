import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

export interface HomeInput {
  environment: Record<string, string | undefined>
  platform: NodeJS.Platform
  userHome: string
}

export interface HomePaths {
  home: string
  log: string
}

/** Where Latchkey keeps its files: LATCHKEY_HOME, or the platform's own place (on Windows the folder that does not roam). */
export function homePaths(input: HomeInput): HomePaths {
  const home = folderFrom(input.environment['LATCHKEY_HOME']) ?? defaultHome(input)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  return { home, log: join(home, 'latchkey.log') }
}

function defaultHome({ environment, platform, userHome }: HomeInput): string {
  switch (platform) {
    case 'darwin':
      return join(userHome, 'Library', 'Application Support', 'Latchkey')
    case 'win32':
      return join(folderFrom(environment['LOCALAPPDATA']) ?? join(userHome, 'AppData', 'Local'), 'Latchkey')
    default:
      return join(folderFrom(environment['XDG_CONFIG_HOME']) ?? join(userHome, '.config'), 'Latchkey')
  }
}

/** Empty means unset (XDG Base Directory Specification). */
const folderFrom = (value: string | undefined) => (value === undefined || value === '' ? null : value)
