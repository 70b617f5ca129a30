import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasCode } from '#electron/platform/error-code'
import { requireNative } from './native-modules'

/** Whether a package is complete, and can do what it is for on this computer. */
export interface Installation {
  nativeModules: { name: string; problem: string | null }[]
  /** What confines the pages in the window; null where the system has a way of its own, which needs nothing installed. */
  sandbox: 'helper' | 'namespaces' | 'unavailable' | null
}

/** libsql holds the records, keytar asks the keyring, and koffi calls Windows. */
const names = ['libsql', 'keytar', 'koffi']

/** Looks at the package around this executable. */
export async function checkInstallation(): Promise<Installation> {
  const nativeModules = names.map((name) => ({ name, problem: problemOf(name) }))
  return { nativeModules, sandbox: process.platform === 'linux' ? await linuxSandbox() : null }
}

function problemOf(name: string): string | null {
  try {
    requireNative(name)
    return null
  } catch (error) {
    return hasCode(error, 'MODULE_NOT_FOUND') ? 'missing' : 'cannot be loaded'
  }
}

/**
 * Chromium's helper gets the rights of root when it is owned by root with mode 4755. Without it, Chromium needs user namespaces,
 * which some distributions refuse to programs without a profile of their own (kernel.apparmor_restrict_unprivileged_userns).
 */
async function linuxSandbox(): Promise<Installation['sandbox']> {
  const helper = join(dirname(process.execPath), '..', '..', 'chrome-sandbox')
  const status = statSync(helper, { throwIfNoEntry: false })
  if (status?.uid === 0 && (status.mode & 0o4755) === 0o4755) return 'helper'
  const setting = (path: string) =>
    readFile(path, 'utf8').then(
      (text) => text.trim(),
      () => null,
    )
  const [most, restricted, cloned] = await Promise.all([
    setting('/proc/sys/user/max_user_namespaces'),
    setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    setting('/proc/sys/kernel/unprivileged_userns_clone'),
  ])
  return most === null || most === '0' || restricted === '1' || cloned === '0' ? 'unavailable' : 'namespaces'
}

export const isComplete = ({ nativeModules, sandbox }: Installation): boolean =>
  sandbox !== 'unavailable' && nativeModules.every(({ problem }) => problem === null)

const sandboxes: Record<NonNullable<Installation['sandbox']>, string> = {
  helper: 'by chrome-sandbox',
  namespaces: 'by user namespaces',
  unavailable: 'not possible: chrome-sandbox must be owned by root with mode 4755. Install the package again.',
}

export function installationReport({ nativeModules, sandbox }: Installation): string {
  const modules = nativeModules.map(
    ({ name, problem }) =>
      `Module: ${name}, ${problem === null ? 'ready' : `${problem}. Install the package again, with what it depends on.`}`,
  )
  return [...modules, ...(sandbox === null ? [] : [`Sandbox of the window: ${sandboxes[sandbox]}`])].join('\n')
}
