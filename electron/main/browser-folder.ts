import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'electron'
import type { HomePaths } from '#electron/platform/home'
import { privateFolderName } from '#electron/platform/private-folders'

/**
 * Where the browser engine keeps its own files. The window that says why a folder is refused must not write to it, so it
 * gets a folder for the time being.
 */
export function browserFolder({ home, refusal }: HomePaths, app: App): string {
  if (refusal === null) return join(home, 'browser')
  const folder = mkdtempSync(join(tmpdir(), privateFolderName('latchkey')))
  app.on('quit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
