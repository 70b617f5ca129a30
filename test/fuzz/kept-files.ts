import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Find, hashOf } from './campaign'

/** What fuzzing keeps between runs; in the user's cache, since it is made of other people's files. */
export interface KeptFiles {
  folder: string
  inputsOf(reader: string): Buffer[]
  keep(reader: string, input: Buffer): void
  /** The slowest input of the last run, which is no find but may be worth a look. */
  noteSlowest(reader: string, input: Uint8Array): void
  /** The input, and beside it what is wrong. Returns its path. */
  noteFind(reader: string, find: Find): string
}

export function openKeptFiles(): KeptFiles {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'latchkey', 'fuzz')
  const place = (kind: 'inputs' | 'finds' | 'slowest', reader: string) => {
    const path = join(folder, kind, reader)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return path
  }
  return {
    folder,
    inputsOf(reader) {
      const path = place('inputs', reader)
      return readdirSync(path).map((name) => readFileSync(join(path, name)))
    },
    keep: (reader, input) => writeFileSync(join(place('inputs', reader), hashOf(input)), input),
    noteSlowest: (reader, input) => writeFileSync(join(place('slowest', reader), 'input'), input),
    noteFind(reader, { kind, detail, input }) {
      const path = join(place('finds', reader), `${reader}-${hashOf(input)}`)
      writeFileSync(path, input)
      writeFileSync(`${path}.txt`, `${kind}\n${detail}\n`)
      return path
    },
  }
}
