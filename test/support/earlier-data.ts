import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Computer } from './crash'

/**
 * A home folder exactly as Latchkey 0.1.0 left it (schema 5): a passphrase vault, one installed certificate, two issuers, a
 * revoked certificate with its CRL, three reports, and a request that was cut off before it was recorded. It is never
 * written anew: what an earlier version wrote has to open as it is. Its keys were made for this purpose.
 */
const folder = join(import.meta.dirname, '..', 'fixtures', 'written-by-0.1.0')

const earlierPassphrase = 'fixture passphrase'
const earlierIssuerPassphrase = 'issuer passphrase'

/** What opens it. Its vault never asks a keyring. */
export const earlierEnvironment = {
  LATCHKEY_KEYRING: 'none',
  LATCHKEY_PASSPHRASE: earlierPassphrase,
  LATCHKEY_CA_PASSPHRASE: earlierIssuerPassphrase,
}

/** Copies it to where `computer` keeps its data, with the modes that 0.1.0 gave; git keeps none of them. */
export function placeEarlierData(computer: Computer): void {
  cpSync(folder, computer.latchkey, { recursive: true })
  for (const place of [computer.latchkey, join(computer.latchkey, 'vault')]) {
    chmodSync(place, 0o700)
    for (const entry of readdirSync(place, { withFileTypes: true }))
      if (entry.isFile()) chmodSync(join(place, entry.name), 0o600)
  }
}

/** Makes a closed database one of a later schema: its number is at octet 60 (sqlite.org/fileformat2.html §1.3.12). */
export function writeAsNewer(database: string): void {
  const bytes = readFileSync(database)
  bytes.writeUInt32BE(999, 60)
  writeFileSync(database, bytes)
}
