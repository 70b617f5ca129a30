import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '#electron/platform/environment'
import type { HasProgram } from '#electron/platform/programs'
import type { Run } from '#electron/platform/run'
import { StoreId } from '#shared/model/ids'
import type { StoreState } from '#shared/model/store'
import { type FirefoxProfile, findFirefoxProfiles, isProfileInUse } from './firefox'
import { createNssDatabase } from './nss'
import { createNssStore } from './nss-store'
import type { CertificateStore } from './store'

export interface LinuxStoresOptions {
  run: Run
  hasProgram: HasProgram
  home: string
  environment: Pick<Environment, 'dataHome'>
  /** Major version of the Chromium that will read the store; null when unknown. */
  chromiumMajor: number | null
  temporaryPrefix: string
}

/** From this version on Chromium keeps its database below XDG_DATA_HOME, unless the old folder exists. */
const firstMovedChromium = 146

/** The NSS databases of this account: Chrome and Chromium's, the Chromium snap's, and one for each Firefox profile. */
export function createLinuxStores(options: LinuxStoresOptions): CertificateStore[] {
  const { run, hasProgram, home, temporaryPrefix } = options
  const toolProblem = () => missingToolProblem(hasProgram)
  const store = (id: string, name: string, readBy: string[], folder: () => string, problem: () => Promise<Problem>) =>
    createNssStore({
      id: StoreId.parse(id),
      name,
      readBy,
      database: createNssDatabase({ run, folder, home, temporaryPrefix }),
      problem,
      toolProblem,
    })

  const stores = [store('nss-user', 'Chrome and Chromium', sharedReaders, () => chromiumFolder(options), noProblem)]
  const snap = join(home, 'snap', 'chromium', 'current')
  if (existsSync(snap)) {
    const folder = () => join(snap, '.pki', 'nssdb')
    stores.push(store('nss-chromium-snap', 'Chromium (snap)', ['Chromium (snap)'], folder, noProblem))
  }
  const ids = new Set<string>()
  for (const profile of findFirefoxProfiles(home)) {
    const id = uniqueId(profile.name, ids)
    const problem = () => firefoxProblem(profile)
    stores.push(store(id, `Firefox (${profileName(profile.name)})`, ['Firefox'], () => profile.folder, problem))
  }
  return stores
}

/**
 * Where Chromium looks. Creating `~/.pki/nssdb` would make a current Chrome ignore what it has below XDG_DATA_HOME, so
 * that folder is made only for an older Chromium and only where the newer place does not exist. Asked anew each time,
 * since a browser may make one of them while we run.
 */
function chromiumFolder(options: Pick<LinuxStoresOptions, 'home' | 'environment' | 'chromiumMajor'>): string {
  const { home, environment, chromiumMajor } = options
  const old = join(home, '.pki', 'nssdb')
  const current = join(environment.dataHome ?? join(home, '.local', 'share'), 'pki', 'nssdb')
  if (existsSync(old)) return old
  if (existsSync(current)) return current
  return chromiumMajor !== null && chromiumMajor < firstMovedChromium ? old : current
}

type Problem = StoreState['problem']

const sharedReaders = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave', 'Latchkey']

const noProblem = async (): Promise<Problem> => null

async function firefoxProblem(profile: FirefoxProfile): Promise<Problem> {
  if (!(await isProfileInUse(profile))) return null
  return { code: 'store-locked', remedy: 'Close Firefox first: while it is running it may overwrite the change.' }
}

async function missingToolProblem(hasProgram: HasProgram): Promise<Problem> {
  if ((await hasProgram('certutil')) && (await hasProgram('pk12util'))) return null
  return { code: 'store-tool-missing', remedy: await installCommand(hasProgram) }
}

/** One line to copy, for the package manager that is here. */
async function installCommand(hasProgram: HasProgram): Promise<string> {
  const managers: [string, string][] = [
    ['apt-get', 'sudo apt-get install libnss3-tools'],
    ['dnf', 'sudo dnf install nss-tools'],
    ['zypper', 'sudo zypper install mozilla-nss-tools'],
    ['pacman', 'sudo pacman -S nss'],
    ['apk', 'sudo apk add nss-tools'],
  ]
  for (const [manager, line] of managers) if (await hasProgram(manager)) return line
  return 'Install the NSS tools (certutil and pk12util) with your package manager.'
}

function uniqueId(profile: string, taken: Set<string>): string {
  const base = `firefox:${profile.replace(/[^\w.-]/gu, '-').slice(0, 80)}`
  let id = base
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`
  taken.add(id)
  return id
}

/** `x1y2z3.default-release` → `default-release`. */
function profileName(folder: string): string {
  return folder.replace(/^[^.]+\./u, '')
}
