import { rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { privateFolderName } from '#electron/platform/private-folders'

/**
 * Files for the system to drag somewhere. Whoever gets one may read it long after the drop (a form in a browser reads it when it is
 * sent), so they stay until the app quits. What a killed process leaves is swept with its other folders, at the next start.
 */
export function createDragFiles(onQuit: (act: () => void) => void) {
  const folders: string[] = []
  onQuit(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  /** Returns its path. Nothing secret: the temporary folder may be on a disk. */
  return async function write(name: string, content: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), privateFolderName('latchkey')))
    folders.push(folder)
    const path = join(folder, name)
    await writeFile(path, content, { flag: 'wx', mode: 0o600 })
    return path
  }
}
