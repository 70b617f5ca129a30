import { randomBytes, randomUUID } from 'node:crypto'

/** Injected where tests must foresee identifiers; cryptographic everywhere else. */
export interface Random {
  bytes(length: number): Uint8Array
  uuid(): string
}

export const systemRandom: Random = { bytes: (length) => randomBytes(length), uuid: () => randomUUID() }
