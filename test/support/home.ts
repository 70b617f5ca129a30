import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made = new Set<string>()

/** A folder that is gone when the file's tests are over. */
export function temporaryFolder(name = 'latchkey-test-'): string {
  const folder = mkdtempSync(join(tmpdir(), name))
  made.add(folder)
  return folder
}

export function removeTemporaryFolders(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  made.clear()
}
