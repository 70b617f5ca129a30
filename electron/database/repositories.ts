import type { Database } from './database'

/** The tables, as the worker sees them: the same methods as `Database`, but synchronous. */
export type Tables = Omit<Database, 'tryLock' | 'close'>
export type TableName = keyof Tables

type Sync<Method> = Method extends (...args: infer Args) => Promise<infer Result> ? (...args: Args) => Result : never

export type Repository<Name extends TableName> = { [Method in keyof Tables[Name]]: Sync<Tables[Name][Method]> }
export type Repositories = { [Name in TableName]: Repository<Name> }

/** Every method by name, so that the client can be built and the worker knows what may be called. */
export const methods = {
  identities: [
    'insert',
    'get',
    'findByKey',
    'list',
    'summary',
    'waiting',
    'setCertificate',
    'setKeyInVault',
    'delete',
    'ids',
  ],
  certificates: ['get', 'getMany', 'authorities', 'add'],
  installs: ['upsert', 'undoOf', 'get', 'ofIdentity', 'all', 'observe', 'delete'],
  hosts: ['upsert', 'get', 'list', 'practice', 'delete'],
  reports: ['add', 'get', 'list', 'ofIdentity'],
  activity: ['append', 'list'],
  authorities: ['insert', 'get', 'list', 'complete', 'setSigner'],
  issued: ['add', 'get', 'list', 'namesake', 'revoke', 'adopt', 'ofSerial', 'revokeSerial'],
  crls: ['revocations', 'line', 'put', 'der'],
  operations: ['begin', 'advance', 'finish', 'unfinished', 'discard'],
} as const satisfies { [Name in TableName]: readonly (keyof Tables[Name])[] }
