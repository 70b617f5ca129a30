import type { IssuedRow, RevocationRow } from '#electron/database/authority-tables'
import { factsOf } from '#electron/pki/authority/facts'
import { decodePem } from '#electron/pki/containers/pem'
import { certificatePem } from '#electron/pki/x509/pem'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { reasonWords } from '#shared/logic/crl-reasons'
import { certificateName } from '#shared/logic/naming'
import type { NewActivity } from '#shared/model/activity'
import type { IssuedCertificate, RevocationReason } from '#shared/model/authority'
import type { AuthorityId, Sha256 } from '#shared/model/ids'
import type { Revocable, Revocation, RevocationTarget } from '#shared/model/revocation'
import type { AuthorityPorts } from './ports'
import { issuedRowOf } from './record'
import { createRevocableFinder, type FoundRevocable, sameSerial } from './revocable'
import { certificateInFiles } from './revocable-file'
import { horizonOf, issuedCertificate } from './summary'

/** Recorded at once; the issuer's CRL is due from then on. Revoking twice changes nothing. */
export function createRevoker({ database, clock, changed }: AuthorityPorts) {
  async function issued(certificate: Sha256) {
    const row = await database.issued.get(certificate)
    if (row === null) throw notListed()
    return row
  }

  const lineFor = (row: IssuedRow, at: string, reason: RevocationReason): NewActivity => ({
    at,
    kind: 'certificate-revoked',
    about: row.commonName,
    sentence: `Reason: ${reasonWords(reason)}.`,
    thing: { issuer: row.authority },
  })

  async function one(certificate: Sha256, reason: RevocationReason): Promise<IssuedCertificate> {
    const now = clock.now()
    const row = await issued(certificate)
    const at = now.toISOString()
    if (await database.issued.revoke(certificate, at, reason, lineFor(row, at, reason)))
      changed('authorities', 'activity')
    return issuedCertificate(await issued(certificate), horizonOf(now))
  }

  /** All or none. How many of them were not revoked yet. */
  async function several(certificates: Sha256[], reason: RevocationReason): Promise<number> {
    const wanted = [...new Set(certificates)]
    const rows = await database.issued.getMany(wanted)
    if (rows.length < wanted.length) throw notListed()
    const at = clock.now().toISOString()
    const lines = rows.map((row) => ({ sha256: row.sha256, line: lineFor(row, at, reason) }))
    const revoked = await database.issued.revokeMany(lines, at, reason)
    if (revoked > 0) changed('authorities', 'activity')
    return revoked
  }

  return { one, several }
}

const notListed = () => new AppError('not-found', 'This certificate is not in the list.')

/** What an imported issuer signed elsewhere is revoked by its file or by its serial number: first shown, then revoked. */
export function createExternalRevoker({ database, jobs, clock, changed }: AuthorityPorts) {
  const locate = createRevocableFinder(database)

  /** `within`: only of this issuer, whichever of its keys signed; null for any. */
  async function readFiles(files: IncomingFile[], within: AuthorityId | null): Promise<Revocable> {
    const located = await locate.byCertificate(await certificateInFiles(jobs, files), within)
    return revocableOf(located)
  }

  const readSerial = async (authority: AuthorityId, serial: string): Promise<Revocable> =>
    revocableOf(await locate.bySerial(authority, serial))

  /** Everything is judged once more, since what was shown came back through somebody's hands. */
  async function revoke(target: RevocationTarget, reason: RevocationReason): Promise<Revocation> {
    const located =
      target.kind === 'serial'
        ? await locate.bySerial(target.authority, target.serial)
        : await locate.byCertificate(certificateFrom(target.pem), null)
    const { issuer, serial } = located
    const now = clock.now()
    const isNew = await record(located, now, reason)
    if (isNew || (located.issued === null && located.certificate !== null)) changed('authorities', 'activity')
    const { issued, revocation } = await database.issued.ofSerial(issuer.id, serial)
    if (revocation === null) throw new Error('A revocation that was just recorded is not there.')
    const certificate = issued === null ? null : issuedCertificate(issued, horizonOf(now))
    return { authority: issuer.id, issuer: issuer.name, serial, certificate, ...said(revocation), isNew }
  }

  async function record(located: FoundRevocable, now: Date, reason: RevocationReason): Promise<boolean> {
    const { issuer, serial, certificate, issued } = located
    const at = now.toISOString()
    const because = `Revoked for “${issuer.name}”. Reason: ${reasonWords(reason)}.`
    const line = (about: string, sentence: string): NewActivity => ({
      at,
      kind: 'certificate-revoked',
      about,
      sentence,
      thing: { issuer: issuer.id },
    })
    if (certificate === null || issued !== null) {
      const about = issued?.commonName ?? `Serial number ${serial}`
      return database.issued.revokeSerial(issuer.id, { serial, at, reason }, line(about, because))
    }
    const row = { ...issuedRowOf(issuer.id, factsOf(certificate.der), at), issuedElsewhere: true }
    const adopted = await database.issued.adopt(
      row,
      { at, reason },
      {
        revoked: line(row.commonName, because),
        added: line(row.commonName, 'It was already revoked; its certificate was added to the list.'),
      },
    )
    if (adopted.kind === 'other-certificate') throw sameSerial(issuer, adopted.issued)
    return adopted.isNew
  }

  return { readFiles, readSerial, revoke }
}

const said = ({ at, reason }: RevocationRow) => ({ revokedAt: at, reason })

function certificateFrom(pem: string): Uint8Array {
  const [block] = decodePem(pem)
  if (block === undefined) throw new AppError('malformed', 'It contains no certificate.')
  return block.der
}

function revocableOf({ issuer, serial, certificate, issued, revocation }: FoundRevocable): Revocable {
  const known = { isListed: issued !== null, revokedAt: revocation?.at ?? null }
  const entry = { authority: issuer.id, issuer: issuer.name, serial, ...known }
  if (certificate === null)
    return { ...entry, target: { kind: 'serial', authority: issuer.id, serial }, certificate: null }
  const { sha256, subject, notBefore, notAfter } = certificate.view
  return {
    ...entry,
    target: { kind: 'certificate', pem: certificatePem(certificate.der) },
    certificate: { sha256, commonName: certificateName(certificate.view), subject, notBefore, notAfter },
  }
}
