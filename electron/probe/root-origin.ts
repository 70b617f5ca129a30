import { createHash } from 'node:crypto'
import { ifReadable } from '#electron/pki/der'
import { anyAlgorithms } from '#electron/pki/x509/algorithms'
import { judge } from '#electron/pki/x509/judge'
import { createPool } from '#electron/pki/x509/pool'
import { readCertificate } from '#electron/pki/x509/read'
import type { RootOrigin } from '#shared/model/attempt'
import type { RootList } from './roots'

/** Both attempts, and the next test of a site, meet the same chain. */
const known = new WeakMap<RootList[], Map<string, RootOrigin | null>>()
const MAX_KNOWN = 200

/**
 * Where the root comes from that a chain ends at: the origin of the first list with a valid path to one of its roots. Null
 * where no list has one. The engine has trusted the chain before; this only finds out by whom. Input: DER, leaf first.
 */
export function rootOriginOf(chain: Uint8Array[], lists: RootList[], now: Date): RootOrigin | null {
  const hash = createHash('sha256')
  for (const der of chain) hash.update(der)
  const key = hash.digest('hex')
  const origins = known.get(lists) ?? new Map<string, RootOrigin | null>()
  known.set(lists, origins)
  const seen = origins.get(key)
  if (seen !== undefined) return seen
  if (origins.size >= MAX_KNOWN) origins.clear()
  const origin = lists.find(({ certificates }) => leadsTo(chain, certificates, now))?.origin ?? null
  origins.set(key, origin)
  return origin
}

function leadsTo([leaf, ...sent]: Uint8Array[], roots: Uint8Array[], now: Date): boolean {
  const certificate = leaf === undefined ? null : ifReadable(() => readCertificate(leaf))
  if (certificate === null || leaf === undefined) return false
  const anchors = rootsNamedIn([leaf, ...sent], roots)
  if (anchors.length === 0) return false
  const pool = createPool({ certificates: sent, anchors, crls: [] })
  return judge({ certificate, purpose: 'server', pool, at: now, algorithms: anyAlgorithms }).reasons.length === 0
}

/** Reading a hundred roots takes longer than a handshake: only those are read that hold an issuer's name byte for byte. */
function rootsNamedIn(chain: Uint8Array[], roots: Uint8Array[]): Uint8Array[] {
  const names = chain.flatMap((der) => ifReadable(() => Buffer.from(readCertificate(der).issuer.raw)) ?? [])
  return roots.filter((root) => {
    const bytes = Buffer.from(root.buffer, root.byteOffset, root.byteLength)
    return names.some((name) => bytes.includes(name))
  })
}
