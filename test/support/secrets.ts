import { type ChildProcess, spawn } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A private key in every spelling in which it could lie about: raw, base64 without line breaks, hex. */
export function spellingsOf(name: string, secret: Uint8Array): Marker[] {
  const middle = Buffer.from(secret).subarray(Math.floor(secret.length / 2), Math.floor(secret.length / 2) + 48)
  const base64 = Buffer.from(secret).toString('base64')
  const inBase64 = base64.slice(Math.floor(base64.length / 2), Math.floor(base64.length / 2) + 60)
  return [
    { name: `${name}, raw`, bytes: middle },
    { name: `${name}, base64`, bytes: Buffer.from(inBase64) },
    { name: `${name}, hex`, bytes: Buffer.from(middle.toString('hex')) },
  ]
}

export interface Marker {
  name: string
  bytes: Buffer
}

export const text = (name: string, value: string): Marker => ({ name, bytes: Buffer.from(value) })

/** Where the markers were found below these folders: "marker in path". PEM line breaks are looked through. */
export function findMarkers(folders: string[], markers: Marker[]): string[] {
  const found: string[] = []
  for (const path of folders.flatMap(filesBelow)) {
    const content = contentOf(path)
    const unwrapped = Buffer.from(content.toString('latin1').replace(/[\r\n]/gu, ''), 'latin1')
    for (const { name, bytes } of markers)
      if (content.includes(bytes) || unwrapped.includes(bytes)) found.push(`${name} in ${path}`)
  }
  return found
}

function filesBelow(folder: string): string[] {
  return names(folder).flatMap((name) => {
    const path = join(folder, name)
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found === undefined || found.isSymbolicLink()) return []
    if (found.isDirectory()) return filesBelow(path)
    return found.isFile() ? [path] : []
  })
}

const names = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

export interface ProcessWatch {
  /** Ends the watch; every distinct command line that was ever seen, one a line. */
  end(): Promise<string>
}

/** @param what With `environments`, each line goes on with a tab and the environment of the process. */
export async function watchProcesses(
  target: string,
  what: 'arguments' | 'environments' = 'arguments',
): Promise<ProcessWatch> {
  const script = join(process.cwd(), 'test', 'support', 'watch-processes.mjs')
  const child: ChildProcess = spawn(process.execPath, [script, target, what], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout?.once('data', resolve))
  return {
    async end() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      return readFileSync(target, 'latin1')
    },
  }
}
