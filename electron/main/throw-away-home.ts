import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, sep } from 'node:path'

/**
 * Set-up puts this file into a HOME that it makes for one unattended run and removes afterwards. It holds the folder's own
 * path, so that a copy of it marks nothing else. (The name stands in `setup/session.mjs` too, which cannot import this.)
 */
export const throwAwayMark = '.latchkey-throw-away-home'

/** Whether set-up created `userHome` as a temporary folder, so that it contains no one's certificates. Never the account's own home. */
export function isThrowAwayHome(userHome: string): boolean {
  try {
    const path = realpathSync(userHome)
    const mark = join(path, throwAwayMark)
    const status = lstatSync(mark)
    if (!status.isFile() || status.uid !== process.getuid?.()) return false
    return path !== accountHome() && readFileSync(mark, 'utf8').trim() === path
  } catch {
    return false
  }
}

/** As the system knows it, regardless of HOME. Null: no such account, or its folder does not exist. */
function accountHome(): string | null {
  try {
    return realpathSync(userInfo().homedir)
  } catch {
    return null
  }
}

/** Whether `folder` lies in that home, and goes with it. */
export function isThrownAwayToo(folder: string, userHome: string): boolean {
  return isThrowAwayHome(userHome) && realpathSync(folder).startsWith(realpathSync(userHome) + sep)
}
