import { lstat, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isOurLiveProcess } from '#electron/platform/live-process'
import { parseJson } from '#electron/platform/parse-json'
import { writePrivateFile } from '#electron/platform/write-file'
import { LabDescription } from './description'

/** Says in the home folder which practice site runs, so that a terminal can use the one of the window and vice versa. */
export function createAnnouncement(home: string) {
  const path = join(home, 'practice.json')
  return {
    publish: (description: LabDescription) => writePrivateFile(path, Buffer.from(JSON.stringify(description))),
    /** Only our own: another process may have started its site meanwhile. */
    async withdraw(): Promise<void> {
      if ((await read(path))?.processId === process.pid) await rm(path, { force: true })
    },
    read: () => read(path),
  }
}

const MAX_BYTES = 256 * 1024

/** Null for no file, a foreign file, or one left behind by a process that is gone. */
async function read(path: string): Promise<LabDescription | null> {
  try {
    const status = await lstat(path)
    // A pipe would never end; a link may lead anywhere.
    if (!status.isFile() || status.size > MAX_BYTES) return null
    const parsed = LabDescription.safeParse(parseJson(await readFile(path, 'utf8')))
    return parsed.success && isOurLiveProcess(parsed.data.processId) ? parsed.data : null
  } catch {
    return null
  }
}
