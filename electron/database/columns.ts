import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'

/** How SQLite's few types become ours. libsql returns blobs as ArrayBuffer from all() and as Buffer elsewhere. */
export const blob = z
  .union([z.instanceof(ArrayBuffer), z.instanceof(Uint8Array)])
  .transform((bytes) => new Uint8Array(bytes))

export const flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1)

export const json = <T>(schema: z.ZodType<T>) =>
  z.string().transform((text, context): T => {
    const parsed = schema.safeParse(parseJson(text))
    if (parsed.success) return parsed.data
    context.addIssue('A stored JSON column does not fit.')
    return z.NEVER
  })

/** A CRL number: 40 hexadecimal digits, so that text compares as numbers do. */
export const crlNumber = z
  .string()
  .regex(/^[0-9a-f]{40}$/u)
  .transform((digits) => BigInt(`0x${digits}`))

export const crlNumberText = (number: bigint | null): string | null =>
  number === null ? null : number.toString(16).padStart(40, '0')

type Camel<Name> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name
type CamelKeys<Row> = { [Column in keyof Row as Camel<Column>]: Row[Column] }

/** A row under the names that it has in the program: the column `not_after` is `notAfter`. */
export function camelKeys<Row extends object>(row: Row): CamelKeys<Row> {
  const entries = Object.entries(row).map(([column, value]) => [camel(column), value])
  return Object.fromEntries(entries) as CamelKeys<Row> // `camel` does at run time what `Camel` says of the types.
}

const camel = (column: string) => column.replace(/_(.)/gu, (_match, letter: string) => letter.toUpperCase())

/** For `SELECT 1 AS found … LIMIT 1`. */
export const Found = z.object({ found: z.literal(1) })

export const Count = z.object({ count: z.number() })

/** A condition on a lower-case column, or none where nothing was typed. What a person types is text, not a pattern. */
export function searching(column: string, typed: string): { where: string; values: string[] } {
  const text = typed.trim().toLowerCase()
  if (text === '') return { where: '', values: [] }
  return { where: ` WHERE ${column} LIKE ? ESCAPE '\\'`, values: [`%${text.replace(/[\\%_]/gu, '\\$&')}%`] }
}
