import { readFile } from 'node:fs/promises'
import { ifMissing } from '#electron/platform/error-code'
import { notWritten, writePrivateFile } from '#electron/platform/write-file'
import type { AccessAccount } from '#shared/model/access-account'

/**
 * Everything that was read, also what Latchkey knows nothing about; readable by its owner only. An older backup with that name
 * stays, and the new one gets a number. Errors: `file-not-written`.
 */
export async function writeBackup(path: string, account: AccessAccount): Promise<void> {
  const text = `${JSON.stringify(account, null, 2)}\n`
  try {
    for (let number = 1; ; number += 1) {
      const numbered = number === 1 ? path : `${path}.${number}`
      const existing = await textIn(numbered)
      // The same one: the process ended before its journal said so.
      if (existing === text) return
      if (existing === null) return await writePrivateFile(numbered, text)
    }
  } catch (error) {
    throw notWritten(path, error)
  }
}

/** Null where there is no such file. */
async function textIn(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(ifMissing(null))
}
