import { access, constants, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { childEnvironment, type Variables } from './environment'

/** Whether `createRun` would find a program of this name. */
export type HasProgram = (name: string) => Promise<boolean>

/** Looks on the PATH. Nothing is started: to start a program keeps a process as large as the window's busy for 25 ms. */
export function createProgramSearch(parent?: Variables): HasProgram {
  return async (name) => {
    const { PATH = '' } = childEnvironment({}, parent)
    for (const folder of PATH.split(delimiter)) {
      if (folder !== '' && (await isProgram(join(folder, name)))) return true
    }
    return false
  }
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
