import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LINK_START, MAX_SETUP_LINK } from '#shared/logic/setup-file'

/** Enough to see that a link is too long. */
export const MAX_KEPT_LINK = MAX_SETUP_LINK + 3

export interface HandedOver {
  files: string[]
  /** A link of ours; null where there is none. */
  link: string | null
}

/**
 * The files in a command line, as "Open with", a drop on the program's icon or a terminal hands them over, or the link that the
 * system's handler passes. Desktop entries pass addresses (`%U` in the Desktop Entry Specification), everybody else passes
 * paths. What stands behind `--` is no option, whatever it looks like. `isBareElectron`: not a package, so the first argument
 * says which app to run.
 *
 * Any web page can make a link, and where a system quotes it badly, further arguments with it: a start with a link brings no file.
 */
export function handedOver(commandLine: string[], folder: string, isBareElectron = false): HandedOver {
  const given = argumentsIn(commandLine.slice(1)).slice(isBareElectron ? 1 : 0)
  const link = given.find(isLink)
  if (link !== undefined) return { files: [], link: link.slice(0, MAX_KEPT_LINK) }
  return { files: given.flatMap((argument) => pathOf(argument, folder) ?? []), link: null }
}

/** Whether it is one of ours, good or bad: a bad one is refused where the person can see it. */
const isLink = (argument: string): boolean => argument.toLowerCase().startsWith(LINK_START)

/**
 * Whether a start is for a link that is far too long. Another process cannot be told of it: what Chromium tells between two
 * starts, the command line among it, has 32 KiB at most (`process_singleton_posix.cc`), and beyond that a start may hang.
 */
export const hasOverlongLink = (commandLine: string[]): boolean =>
  commandLine.some((word) => isLink(word) && word.length > MAX_SETUP_LINK + 4000)

/**
 * Bytes of paths that one start tells another. Chromium's 32 KiB are for the command line and, in base64 and with up to two bytes for
 * a character, for what is told besides. Whoever tells more hangs, and then ends the process that it cannot tell.
 */
const MAX_TOLD_PATHS = 6 * 1024

/** Files of one start, as they can be told to another process: several times some of them where they are too many. */
export function tellable(files: readonly string[]): string[][] {
  const pieces: string[][] = []
  let room = 0
  for (const file of files) {
    const last = pieces.at(-1)
    const size = Buffer.byteLength(file) + 1
    if (last === undefined || size > room) {
      pieces.push([file])
      room = MAX_TOLD_PATHS
    } else last.push(file)
    room -= size
  }
  return pieces
}

function argumentsIn(words: string[]): string[] {
  const end = words.indexOf('--')
  const options = end === -1 ? words : words.slice(0, end)
  const rest = end === -1 ? [] : words.slice(end + 1)
  return [...options.filter((word) => !word.startsWith('-')), ...rest].filter((word) => word !== '')
}

function pathOf(argument: string, folder: string): string | null {
  if (!/^[a-z][a-z0-9+.-]+:\/\//iu.test(argument)) return resolve(folder, argument)
  try {
    return fileURLToPath(argument)
  } catch {
    return null // Another kind of address, or a file on another computer.
  }
}
