import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder if it does not exist. It is made beside its place and then renamed, so that nobody, such as another run at the
 * same time, ever finds a part of it.
 *
 * @param {string} folder
 * @param {(work: string) => string} make Returns the finished folder, which lies in the working folder that it is given.
 * @returns {string} `folder`.
 */
export function madeOnce(folder, make) {
  if (existsSync(folder)) return folder
  mkdirSync(dirname(folder), { recursive: true })
  const work = mkdtempSync(`${folder}-`)
  try {
    const made = make(work)
    rename(made, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return folder
}

/**
 * @param {string} made
 * @param {string} folder
 */
function rename(made, folder) {
  try {
    renameSync(made, folder)
  } catch (error) {
    // Another run has been faster, and its folder holds the same.
    if (!existsSync(folder)) throw error
  }
}
