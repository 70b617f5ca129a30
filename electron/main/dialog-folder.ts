import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * In which folder dialogs open: that of the file that was opened or saved last, otherwise the person's downloads. Since Electron 43 no
 * system remembers it for us, and every dialog without a path opens in Downloads.
 */
export function createDialogFolder(downloads: () => string) {
  let last: string | null = null

  /** Null where there is no such folder: the system knows better than a folder that is gone. */
  function folder(): string | null {
    const wanted = last !== null && existsSync(last) ? last : downloads()
    return existsSync(wanted) ? wanted : null
  }

  return {
    /** What a dialog is given to begin with. */
    toOpen: (): { defaultPath?: string } => {
      const found = folder()
      return found === null ? {} : { defaultPath: found }
    },
    toSave: (name: string): { defaultPath: string } => {
      const found = folder()
      return { defaultPath: found === null ? name : join(found, name) }
    },
    noteFile(path: string): void {
      last = dirname(path)
    },
    noteFolder(path: string): void {
      last = path
    },
  }
}
