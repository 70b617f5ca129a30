import type { MethodTable } from '#electron/platform/rpc'
import type { OpenedDatabase } from './open'
import { methods } from './repositories'

/** Everything that may be asked of an opened database, by name: `identities.get`, `lock.take`, … Input: the arguments as a list. */
export interface DatabaseMethods {
  [name: string]: (args: unknown[]) => unknown
}

export function methodsOver({ tables, lock, close }: OpenedDatabase): DatabaseMethods & MethodTable {
  const rows: Record<string, Record<string, unknown>> = tables
  const entries = Object.entries(methods).flatMap(([table, names]) =>
    names.map((name): [string, DatabaseMethods[string]] => [
      `${table}.${name}`,
      (args) => apply(rows[table]?.[name], args),
    ]),
  )
  return {
    ...Object.fromEntries(entries),
    open: () => true,
    'lock.take': () => lock.take(),
    'lock.release': () => lock.release(),
    close,
  }
}

function apply(method: unknown, args: unknown[]): unknown {
  if (typeof method !== 'function') throw new Error('The database lacks a method that is in its list.')
  return method(...args)
}
