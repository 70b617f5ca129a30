import type { AuthorityListRow, IssuedRow, SerialRecord } from '#electron/database/authority-tables'
import type { Database } from '#electron/database/database'
import { findSigner } from '#electron/pki/authority/signer-of'
import { readTypedSerial } from '#electron/pki/serial-number'
import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError } from '#shared/errors'
import { issuerName } from '#shared/logic/naming'
import { neutralise } from '#shared/logic/neutralise'
import type { CertificateView } from '#shared/model/certificate'
import type { AuthorityId } from '#shared/model/ids'

/** A certificate, or a serial number alone, with the issuer whose CRL will list it. */
export interface FoundRevocable extends SerialRecord {
  issuer: AuthorityListRow
  serial: string
  /** Null where only the serial number is known. */
  certificate: { der: Uint8Array; view: CertificateView } | null
}

/** Finds the issuer of a certificate. One that cannot be revoked here is refused with the reason (`invalid-input`). */
export function createRevocableFinder(database: Database) {
  /** `within`: it has to be one of this issuer or of another key of its name; null for any. */
  async function byCertificate(der: Uint8Array, within: AuthorityId | null): Promise<FoundRevocable> {
    const all = await database.authorities.list()
    const view = viewCertificate(der)
    const listed = await database.issued.get(certificateSha256(der))
    const issuer = listed === null ? await signerAmong(all, { der, view }, within) : rowOf(all, listed.authority)
    requireWithin(issuer, within === null ? null : rowOf(all, within))
    if (listed === null) requireCrlKey(issuer, all)
    const record = await database.issued.ofSerial(issuer.id, view.serial)
    if (record.issued !== null && record.issued.sha256 !== view.sha256) throw sameSerial(issuer, record.issued)
    return { ...record, issuer, serial: view.serial, certificate: { der, view } }
  }

  async function bySerial(authority: AuthorityId, typed: string): Promise<FoundRevocable> {
    const serial = readTypedSerial(typed)
    const all = await database.authorities.list()
    const issuer = rowOf(all, authority)
    const own = viewCertificate(issuer.der)
    if (own.selfSigned && own.serial === serial)
      throw refusal(`This is the serial number of “${issuer.name}” itself. ${noSelfRevocation}`)
    const record = await database.issued.ofSerial(authority, serial)
    if (record.issued === null) requireCrlKey(issuer, all)
    const found = record.issued === null ? null : await database.issued.get(record.issued.sha256)
    const certificate = found === null ? null : { der: found.der, view: viewCertificate(found.der) }
    return { ...record, issuer, serial, certificate }
  }

  /** Of several certificates of one key, the one under which the number is known, or else the one that was asked for. */
  async function signerAmong(
    all: AuthorityListRow[],
    { der, view }: { der: Uint8Array; view: CertificateView },
    within: AuthorityId | null,
  ): Promise<AuthorityListRow> {
    const itself = all.find((row) => row.sha256 === view.sha256)
    if (view.selfSigned && itself !== undefined)
      throw refusal(`This is the self-signed certificate of “${itself.name}” itself. ${noSelfRevocation}`)
    if (view.selfSigned) throw refusal('This certificate is self-signed, so there is no issuer to revoke it.')
    const signers = signersOf(der, view, all)
    for (const signer of signers) {
      const { issued, revocation } = await database.issued.ofSerial(signer.id, view.serial)
      if (issued !== null || revocation !== null) return signer
    }
    const chosen = signers.find(({ id }) => id === within) ?? signers.find(({ hasKey }) => hasKey) ?? signers[0]
    if (chosen === undefined) throw new Error('A search that found signers names none.')
    return chosen
  }

  return { byCertificate, bySerial }
}

function signersOf(der: Uint8Array, view: CertificateView, all: AuthorityListRow[]): AuthorityListRow[] {
  const found = findSigner(der, all)
  switch (found.kind) {
    case 'found':
      return found.signers
    case 'no-such-name':
      throw refusal(`No issuer here signed this certificate; its issuer is “${issuerName(view)}”.`)
    case 'other-key':
      throw refusal(
        `No issuer here signed this certificate: it names “${found.namesakes[0]?.name}”, but another key signed it.`,
      )
    case 'not-checkable':
      throw refusal(
        `This certificate names “${found.namesakes[0]?.name}” as its issuer, but its signature (${found.algorithm}) cannot be checked here.`,
      )
  }
}

function rowOf(all: AuthorityListRow[], id: AuthorityId): AuthorityListRow {
  const row = all.find((each) => each.id === id)
  if (row === undefined) throw new AppError('not-found', 'This issuer is no longer here.')
  return row
}

function requireWithin(issuer: AuthorityListRow, wanted: AuthorityListRow | null): void {
  if (wanted !== null && wanted.nameKey !== issuer.nameKey)
    throw refusal(`“${wanted.name}” did not sign this certificate; “${issuer.name}” did.`)
}

/** The CRLs of one name list what was revoked under any of its keys, so one of them has to be here. */
function requireCrlKey({ name, nameKey, signer }: AuthorityListRow, all: AuthorityListRow[]): void {
  if (all.some((row) => row.nameKey === nameKey && row.hasKey)) return
  const where = signer === null ? 'not here' : `at ${signer.address}`
  throw refusal(`The key of “${name}” is ${where}, so no CRL can be written here. Revoke the certificate where it is.`)
}

/** A CRL has nothing but the serial number, so it would revoke both. */
export const sameSerial = ({ name }: AuthorityListRow, { serial, commonName }: IssuedRow) =>
  refusal(
    `“${name}” also used the serial number ${serial} for another certificate, “${commonName}”. A CRL cannot tell them apart. To revoke both, revoke “${commonName}”.`,
  )

const noSelfRevocation = 'An issuer cannot revoke itself: remove it wherever it is trusted.'

const refusal = (why: string) => new AppError('invalid-input', neutralise(why))
