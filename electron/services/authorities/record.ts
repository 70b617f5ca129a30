import type { AuthorityListRow, AuthorityRow } from '#electron/database/authority-tables'
import { nameKeysOf } from '#electron/pki/authority/distinct'
import type { CertificateFacts } from '#electron/pki/authority/facts'
import { describeKey, keyCodeOf, keySha256, normaliseSpki } from '#electron/pki/keys'
import { isIssuedBy } from '#electron/pki/x509/issued-by'
import { readCertificate } from '#electron/pki/x509/read'
import { viewOf } from '#electron/pki/x509/view'
import { certificateName } from '#shared/logic/naming'
import type { AuthorityId, Instant } from '#shared/model/ids'

interface AuthorityFacts {
  id: AuthorityId
  der: Uint8Array
  /** Those already here, for finding the one above. */
  known: AuthorityListRow[]
  /** DER, nearest first; kept only as far as they are not ours. */
  issuers: Uint8Array[]
  hasKey: boolean
  imported: boolean
  createdAt: Instant
}

/** An issuer as it is recorded. */
export function authorityRowOf({ id, der, known, issuers, hasKey, imported, createdAt }: AuthorityFacts): AuthorityRow {
  const certificate = readCertificate(der)
  const view = viewOf(certificate)
  const { selfSigned, notBefore, notAfter, sha256 } = view
  const spki = normaliseSpki(certificate.spki)
  const parent = selfSigned
    ? null
    : (known.find((row) => isIssuedBy(certificate, readCertificate(row.der)))?.id ?? null)
  return {
    id,
    name: certificateName(view),
    nameKey: nameKeysOf(der).subject,
    sha256,
    der,
    parent,
    issuers: parent === null ? issuers.map((issuer) => Buffer.from(issuer).toString('base64')) : [],
    isRoot: selfSigned,
    algorithm: describeKey(spki),
    keyCode: keyCodeOf(spki),
    keySha256: keySha256(spki),
    hasKey,
    imported,
    createdAt,
    notBefore,
    notAfter,
    successor: null,
  }
}

/** Those whose issuer has just arrived. */
export function orphansOf(der: Uint8Array, known: AuthorityListRow[]): AuthorityId[] {
  const issuer = readCertificate(der)
  return known
    .filter((row) => row.parent === null && !row.isRoot && isIssuedBy(readCertificate(row.der), issuer))
    .map((row) => row.id)
}

/** A certificate as it stands in the list of its issuer. */
export const issuedRowOf = (authority: AuthorityId, facts: CertificateFacts, issuedAt: Instant) => ({
  ...facts,
  authority,
  issuedAt,
  issuedElsewhere: false,
  keyMadeByIssuer: false,
  revokedAt: null,
  reason: null,
})
