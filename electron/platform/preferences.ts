import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { onOwnFile } from './home-trouble'
import { parseJson } from './parse-json'
import { createQueue, type Queue } from './queue'
import { writePrivateFile } from './write-file'

export interface Preferences<Value> {
  read(): Promise<Value>
  /** Writes what `change` makes of the present choice, in part or as a whole; nothing where it throws. */
  change(change: (chosen: Value) => Partial<Value>): Promise<Value>
}

/** By path, since several parts of a process may keep their choices in one file: a change must not undo another's. */
const queues = new Map<string, Queue>()

/**
 * What the person has chosen, as a small JSON file. A file that is missing, damaged or of another version is the same as no
 * choice: `schema` must then parse an empty object to the defaults. Errors of `change`: `home-unusable`, `disk-full`.
 */
export function createPreferences<Schema extends z.ZodType<object>>(
  path: string,
  schema: Schema,
): Preferences<z.output<Schema>> {
  const queue = queues.get(path) ?? createQueue()
  queues.set(path, queue)

  async function read(): Promise<z.output<Schema>> {
    const text = await readFile(path, 'utf8').catch(() => '{}')
    return schema.parse(schema.safeParse(parseJson(text)).data ?? {})
  }

  return {
    read,
    change: (change) =>
      queue.run(async () => {
        const chosen = await read()
        const value = { ...chosen, ...change(chosen) }
        await onOwnFile(path, () => writePrivateFile(path, `${JSON.stringify(value, null, 2)}\n`))
        return value
      }),
  }
}
