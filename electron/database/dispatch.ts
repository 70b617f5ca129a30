import type { OpenedDatabase } from './open'
import type { Request } from './protocol'
import { methods } from './repositories'

/** Calls what was asked for, if it is one of the methods that exist. */
export function dispatch(database: OpenedDatabase, { table, method, args }: Request): unknown {
  if (table === 'control') return control(database, method)
  const names: Record<string, readonly string[]> = methods
  if (!names[table]?.includes(method)) throw new Error(`No such call: ${table}.${method}`)
  const tables: Record<string, Record<string, unknown>> = database.tables
  const call = tables[table]?.[method]
  if (typeof call !== 'function') throw new Error(`No such call: ${table}.${method}`)
  return call(...args)
}

function control(database: OpenedDatabase, method: string): unknown {
  switch (method) {
    case 'open':
      return true
    case 'take':
      return database.lock.take()
    case 'release':
      return database.lock.release()
    case 'close':
      return database.close()
    default:
      throw new Error(`No such call: control.${method}`)
  }
}
