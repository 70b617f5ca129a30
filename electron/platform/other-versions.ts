import { lstatSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isOurLiveProcess } from './live-process'
import { parseJson } from './parse-json'
import { isNewerVersion } from './version'
import { writePrivateFile } from './write-file'

const Version = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}[\w.+-]{0,40}$/u)
/** The newest Latchkey that has opened these records. */
const Opened = z.object({ version: Version })
/** The window that is open. */
const OpenWindow = z.object({ version: Version, processId: z.number().int().positive() })

/**
 * What versions of Latchkey know of each other on one home folder: which one has opened the records (`version.json`), and which
 * one has a window open (`open-window.json`). Both are for sentences only: nothing is allowed or refused by them, since a folder
 * may have been copied from elsewhere. `own`: the version that is running.
 */
export function createOtherVersions(home: string, own: string = __LATCHKEY_VERSION__) {
  const [opened, window] = [join(home, 'version.json'), join(home, 'open-window.json')]
  return {
    /** The records were opened by this version. A newer one that has opened them before stays noted. */
    async noteOpened(): Promise<void> {
      const before = read(opened, Opened)
      if (before !== null && !isNewerVersion(own, before.version)) return
      await writePrivateFile(opened, JSON.stringify({ version: own })).catch(ignore)
    },
    /** What to say where the records are too new for this version; the newer one is named where it is known. */
    tooNew(): string {
      const before = read(opened, Opened)
      return before !== null && isNewerVersion(before.version, own)
        ? `Latchkey ${before.version} has written it, and this is Latchkey ${own}.`
        : `This is Latchkey ${own}.`
    },
    noteWindow: (processId: number): Promise<void> =>
      writePrivateFile(window, JSON.stringify({ version: own, processId })).catch(ignore),
    /** Only of this process: another window may have been opened since. */
    forgetWindow(processId: number): void {
      if (read(window, OpenWindow)?.processId === processId) rmSync(window, { force: true })
    },
    /** What to say where a window of another version is open; null where none is. */
    windowNote(): string | null {
      const found = read(window, OpenWindow)
      if (found === null || found.version === own || !isOurLiveProcess(found.processId)) return null
      return `A window of Latchkey ${found.version} is open, and this is Latchkey ${own}. Close it and open it again, so that both are the same.`
    },
  }
}

/** No more than a sentence depends on it. */
const ignore = () => undefined

const MAX_BYTES = 4096

function read<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> | null {
  try {
    const status = lstatSync(path)
    // Reading a pipe might never end, and a link may lead anywhere.
    if (!status.isFile() || status.size > MAX_BYTES) return null
    return schema.safeParse(parseJson(readFileSync(path, 'utf8'))).data ?? null
  } catch {
    return null
  }
}
