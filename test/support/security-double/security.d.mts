import type { Finished } from '#electron/platform/run'

export interface Keychain {
  keychain: string
  certificates: unknown[]
  keys: unknown[]
  trust: Record<string, number>
  [condition: string]: unknown
}

export function security(keychain: Keychain, given: readonly string[], input: string): Finished
