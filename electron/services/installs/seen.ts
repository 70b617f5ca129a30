import type { Database } from '#electron/database/database'
import { isSelfSigned } from '#electron/pki/x509/issued-by'
import { readCertificate } from '#electron/pki/x509/read'
import type { StoredIdentity, StoredKey } from '#electron/stores/store'
import { inOfferedOrder } from '#shared/logic/installed'
import { type IdentityId, type InstallId, type Instant, Sha256, type StoreId } from '#shared/model/ids'
import type { Install, TrustState } from '#shared/model/store'

/** What is known of an install besides what its store says. */
export interface InstallFrame {
  id: InstallId
  identity: IdentityId
  store: StoreId
  storeName: string
  installedAt: Instant
  /** Where the store holds no certificate of the key. */
  sha256: Sha256
  trust: TrustState
  /** Issuers below the root. A browser sends these; the root is the server's to have. Null where they are not known. */
  needed: readonly Sha256[] | null
  /** SHA-256 of the certificates of which Latchkey knows that it installed them. */
  recorded: ReadonlySet<string>
}

/** An install as the store shows it: the certificate that the browser offers is the one that it is about. */
export function seenInstall(
  { recorded, needed, ...frame }: InstallFrame,
  { certificates, privateKey }: StoredKey,
  now: Date,
): Install {
  // Of two that are valid for the same time Chromium prefers none; then it is the one that was put there last.
  const last = ({ sha256 }: StoredIdentity) => Number(sha256 === frame.sha256)
  const ordered = inOfferedOrder(
    [...certificates].sort((a, b) => last(b) - last(a)),
    now,
  )
  const [first] = ordered
  return {
    ...frame,
    checkedAt: now.toISOString(),
    present: first !== undefined,
    keyPresent: first?.keyPresent ?? privateKey === 'present',
    chainPresent: first !== undefined && (first.chainPresent || hasIssuers(first, needed)),
    sha256: first === undefined ? frame.sha256 : Sha256.parse(first.sha256),
    certificates: ordered.map(({ sha256, commonName, notAfter }) => ({
      sha256: Sha256.parse(sha256),
      name: commonName,
      notAfter,
      recorded: recorded.has(sha256),
    })),
  }
}

interface Rows {
  identities: Pick<Database['identities'], 'get'>
  certificates: Pick<Database['certificates'], 'getMany'>
}

const hasIssuers = ({ issuers }: StoredIdentity, needed: InstallFrame['needed']): boolean =>
  needed?.every((sha256) => issuers.includes(sha256)) === true

/**
 * Of the chain on file those below a self-signed root, where the store does not hold the whole chain anyway. Null without a
 * chain: then nobody knows whether the issuer is a root.
 */
export async function neededIssuers(
  { identities, certificates }: Rows,
  identity: IdentityId,
  key: StoredKey,
): Promise<Sha256[] | null> {
  if (key.certificates.every(({ chainPresent }) => chainPresent)) return null
  const chain = (await identities.get(identity))?.chain ?? []
  if (chain.length === 0) return null
  const rows = await certificates.getMany(chain)
  return rows.filter(({ der }) => !isSelfSigned(readCertificate(der))).map(({ sha256 }) => sha256)
}

/** 0.1.0 recorded the last certificate alone. */
export function recordedIn({ sha256, certificates }: Install): Set<string> {
  if (certificates.length === 0) return new Set([sha256])
  return new Set(certificates.filter((one) => one.recorded).map((one) => one.sha256))
}

/**
 * Whether it was withheld, and why, is known from the install; whether it is set, from the store alone. Somebody may have
 * set or withdrawn it since.
 */
export function seenTrust(known: TrustState, { certificates }: StoredKey): TrustState {
  const now = certificates[0]?.trust
  if (now === undefined) return known
  return now.state === 'trusted' || known.state === 'trusted' ? now : known
}
