import type { MethodTable } from '#electron/platform/rpc'
import type { Database } from './database'
import type { OperationLock } from './lock'

/** The tables, as the worker sees them: the same methods as `Database`, but synchronous. */
export type Tables = Omit<Database, 'tryLock' | 'close'>
type TableName = keyof Tables

type Sync<Method> = Method extends (...args: infer Args) => Promise<infer Result> ? (...args: Args) => Result : never

export type Repository<Name extends TableName> = { [Method in keyof Tables[Name]]: Sync<Tables[Name][Method]> }
type Repositories = { [Name in TableName]: Repository<Name> }

/** An open database, as the worker holds it. */
export interface OpenedDatabase {
  tables: Repositories
  lock: OperationLock
  close(): void
}

type MethodLists = { [Name in TableName]: readonly (keyof Tables[Name])[] }

/** Does not compile where a table has a method that its list lacks. */
const everyMethod = <const Lists extends MethodLists>(
  lists: Lists & {
    [Name in TableName]: Exclude<keyof Tables[Name], Lists[Name][number]> extends never ? unknown : never
  },
): Lists => lists

/** Every method by name, so that the client can be built and the worker knows what may be called. */
export const methods = everyMethod({
  identities: [
    'insert',
    'get',
    'findByKey',
    'list',
    'summary',
    'ending',
    'waiting',
    'setCertificate',
    'setKeyInVault',
    'label',
    'tags',
    'addTag',
    'delete',
    'ids',
  ],
  certificates: ['get', 'getMany', 'authorities', 'add'],
  installs: ['upsert', 'undoOf', 'get', 'ofIdentity', 'all', 'observe', 'delete'],
  hosts: ['insert', 'change', 'addTag', 'get', 'list', 'practice', 'delete', 'restore'],
  reports: ['add', 'get', 'list', 'ofIdentity', 'before'],
  activity: ['append', 'list'],
  authorities: ['exist', 'insert', 'get', 'list', 'complete', 'setArchived', 'delete', 'settleLastCrl', 'setSigner'],
  issued: [
    'add',
    'get',
    'getMany',
    'list',
    'namesake',
    'ofKey',
    'revoke',
    'revokeMany',
    'adopt',
    'ofSerial',
    'revokeSerial',
  ],
  issueTemplates: ['list', 'save', 'delete'],
  crls: ['revocations', 'line', 'put', 'der'],
  accessLooks: ['exist', 'get', 'put'],
  accessReadings: ['all', 'put'],
  protections: ['get', 'put', 'delete'],
  rollOverTests: ['get', 'put'],
  renewals: ['begin', 'get', 'finish'],
  warnings: ['given', 'claim', 'release'],
  backups: ['state', 'noteMade', 'dismiss', 'open', 'next', 'close'],
  restores: ['begin', 'add', 'attempt', 'apply', 'end'],
  operations: ['begin', 'advance', 'finish', 'unfinished', 'discard'],
})

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
