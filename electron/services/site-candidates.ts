import type { Database, IdentityListRow } from '#electron/database/database'
import { allowsClientUse } from '#electron/pki/checks'
import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { allRows } from '#shared/logic/all-rows'
import { certificateName } from '#shared/logic/naming'
import { fitChecks, isFitting } from '#shared/logic/site-fit'
import { issuerNames } from '#shared/logic/test/facts'
import type { IdentityId } from '#shared/model/ids'
import type { SiteCandidate } from '#shared/model/site-check'
import { issuedCertificates } from './issued-certificates'
import { isReadByEngine, type StoredAt } from './stored-identities'

/** A certificate on this computer, and where it was found. */
interface FoundCertificate {
  leaf: Uint8Array
  /** Nearest first. */
  issuers: Uint8Array[]
  identity: IdentityId | null
  keyInVault: boolean
  places: StoredAt['store'][]
  /** Whether one of these stores shows the private key. */
  keyInStore: boolean
}

type Rows = Pick<Database, 'identities' | 'certificates'>

/** Every certificate of this computer, compared with the issuers that a site names. Those that fit come first. */
export async function siteCandidates(
  database: Rows,
  stored: readonly StoredAt[],
  named: readonly string[],
  now: Date,
): Promise<SiteCandidate[]> {
  const all = withStored(await ownCertificates(database), stored)
  return all
    .map((found) => candidateFrom(found, named, now))
    .sort((a, b) => Number(isFitting(b)) - Number(isFitting(a)) || Date.parse(b.notAfter) - Date.parse(a.notAfter))
}

async function ownCertificates(database: Rows): Promise<FoundCertificate[]> {
  const { rows } = await allRows((page) => database.identities.list({ ...page, search: '' }))
  const own = await Promise.all(rows.map((row) => ownCertificate(database, row)))
  return own.flat()
}

async function ownCertificate(database: Rows, { id, keyInVault }: IdentityListRow): Promise<FoundCertificate[]> {
  const row = await database.identities.get(id)
  const [leaf, ...issuers] = row === null ? [] : (await issuedCertificates(database, row)).map(({ der }) => der)
  return leaf === undefined ? [] : [{ leaf, issuers, identity: id, keyInVault, places: [], keyInStore: false }]
}

/** One entry for each certificate, however many stores have it. */
function withStored(own: readonly FoundCertificate[], stored: readonly StoredAt[]): FoundCertificate[] {
  const all = new Map(own.map((found) => [String(certificateSha256(found.leaf)), found]))
  for (const { stored: seen, store } of stored) {
    const [leaf, ...issuers] = seen.chain
    // A certificate that cannot be read has no dates to compare.
    if (leaf === undefined || seen.notBefore === null || seen.notAfter === null) continue
    const known = all.get(seen.sha256) ?? {
      leaf,
      issuers,
      identity: null,
      keyInVault: false,
      places: [],
      keyInStore: false,
    }
    all.set(seen.sha256, {
      ...known,
      places: [...known.places, store],
      keyInStore: known.keyInStore || seen.keyPresent,
    })
  }
  return [...all.values()]
}

function candidateFrom(found: FoundCertificate, named: readonly string[], now: Date): SiteCandidate {
  const { leaf, identity, keyInVault, places } = found
  const certificate = viewCertificate(leaf)
  const issuers = found.issuers.map(viewCertificate)
  const hasKey = keyInVault || found.keyInStore
  return {
    sha256: certificate.sha256,
    identity,
    name: certificateName(certificate),
    issuers: issuerNames({ certificate, issuers }),
    notAfter: certificate.notAfter,
    checks: fitChecks(named, { certificate, issuers, isForClients: allowsClientUse(leaf), hasKey }, now),
    testable: keyInVault ? 'direct' : places.some(isReadByEngine) ? 'browser' : null,
    places: places.map(({ name, readBy }) => ({ name, readBy })),
  }
}
