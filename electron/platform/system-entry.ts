import { readFile, stat } from 'node:fs/promises'

/** Something of the operating system, for this person alone, that starts a program by itself: a timer, an entry for the login. */
export interface SystemEntry {
  /** Whether the system has it as it would be made now: after a move of the program, the earlier one starts nothing. */
  isOn(): Promise<boolean>
  /**
   * The program that an entry of this name starts for this home, where that entry is on and is not as it would be made now; null
   * where there is none, or where it cannot be told.
   */
  startsOtherwise(): Promise<string | null>
  switchOn(): Promise<void>
  /** Nothing happens where it is off. */
  switchOff(): Promise<void>
}

/**
 * Makes an entry anew that is on and would start nothing, because the program has moved since, or that an earlier version wrote
 * differently. One that starts another Latchkey that is still there is left to it. Says whether it was made anew. Errors: as
 * `SystemEntry.switchOn`.
 */
export async function repairEntry(
  entry: Pick<SystemEntry, 'startsOtherwise' | 'switchOn'>,
  program: string,
): Promise<boolean> {
  const started = await entry.startsOtherwise()
  if (started === null || (started !== program && (await isThere(started)))) return false
  await entry.switchOn()
  return true
}

/** Null where it is not there, or cannot be read. */
export const textOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null)

/** Whether a file is there with just this text. One that another version wrote, or for a program that has moved, is another. */
export const holds = async (path: string, text: string): Promise<boolean> => (await textOf(path)) === text

export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}
