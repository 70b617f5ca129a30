import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What a second start tells the first one; a start of another version may tell anything. */
export const SecondStart = z.object({ files: z.array(z.string()) })
export type SecondStart = z.infer<typeof SecondStart>

/**
 * The files in a command line, as "Open with", a drop on the program's icon or a terminal hands them over. Desktop entries
 * pass addresses (`%U` in the Desktop Entry Specification), everybody else passes paths. `isBareElectron`: not a package, so
 * the first argument says which app to run.
 */
export function filesIn(commandLine: string[], folder: string, isBareElectron = false): string[] {
  const given = commandLine.slice(1).filter((argument) => argument !== '' && !argument.startsWith('-'))
  return given.slice(isBareElectron ? 1 : 0).flatMap((argument) => pathOf(argument, folder) ?? [])
}

function pathOf(argument: string, folder: string): string | null {
  if (!/^[a-z][a-z0-9+.-]+:\/\//iu.test(argument)) return resolve(folder, argument)
  try {
    return fileURLToPath(argument)
  } catch {
    return null // Another kind of address, or a file on another computer.
  }
}
