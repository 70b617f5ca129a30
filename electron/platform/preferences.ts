import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { onOwnFile } from './home-trouble'
import { parseJson } from './parse-json'
import { writePrivateFile } from './write-file'

export interface Preferences<Value> {
  read(): Promise<Value>
  write(value: Value): Promise<void>
}

/**
 * What the person has chosen, as a small JSON file. A file that is missing, damaged or of another version is the same as no
 * choice: `schema` must then parse an empty object to the defaults. Errors of `write`: `home-unusable`, `disk-full`.
 */
export function createPreferences<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Preferences<z.output<Schema>> {
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch(() => '{}')
      return schema.parse(schema.safeParse(parseJson(text)).data ?? {})
    },
    write: (value) => onOwnFile(path, () => writePrivateFile(path, `${JSON.stringify(value, null, 2)}\n`)),
  }
}
