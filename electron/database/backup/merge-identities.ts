import { randomUUID } from 'node:crypto'
import type { KeptPart, RestoredPart } from '#shared/model/backup'
import { IdentityId } from '#shared/model/ids'
import { certificates } from '../certificates'
import type { Connection } from '../connection'
import { fileCertificate, identities, insertIdentity } from '../identities'
import type { CertificateRow, IdentityRow, RenewalRow } from '../identity-rows'
import { putRenewal, renewals } from '../renewals'
import type { BackupRows } from './rows'
import type { Stage } from './stage'
import type { Tally } from './tally'

/** Ids of the backup → ids here. */
export type Places<Id> = ReadonlyMap<Id, Id>

/** By their public keys: a key is here once, whatever was issued for it. */
export function mergeIdentities(connection: Connection, stage: Stage, tally: Tally): Places<IdentityId> {
  const places = new Map<IdentityId, IdentityId>()
  const table = identities(connection)
  const renewed = new Map([...stage.rows('renewals')].map((row) => [row.identity, row]))

  for (const row of stage.rows('identities')) {
    const present = table.findByKey(row.keySha256)
    const here = present === null ? insert(row) : complete(row, present)
    places.set(row.id, here)
  }
  // Once both ends of each are here.
  for (const row of renewed.values()) {
    const [identity, replaces] = [places.get(row.identity), places.get(row.replaces)]
    if (identity !== undefined && replaces !== undefined) putRenewal(connection, { ...row, identity, replaces })
  }
  return places

  function insert(row: BackupRows['identities']): IdentityId {
    const id = table.get(row.id) === null ? row.id : IdentityId.parse(randomUUID())
    insertIdentity(connection, { ...row, id, certificate: null, chain: [] }, row.originalName)
    const issued = issuedOf(row)
    if (issued !== null) fileCertificate(connection, id, { ...issued, practice: row.practice })
    if (row.keyInVault) tally.keys.push({ inBackup: row.id, here: id })
    tally.count('certificates', 'added')
    return id
  }

  function complete(row: IdentityRow, present: IdentityRow): IdentityId {
    const added: RestoredPart[] = []
    const kept: KeptPart[] = []
    if (row.keyInVault && !present.keyInVault) {
      connection.run('UPDATE identities SET key_in_vault = 1 WHERE id = ?', [present.id])
      tally.keys.push({ inBackup: row.id, here: present.id })
      added.push('key')
    }
    if (row.requestDer !== null && present.requestDer === null) {
      connection.run('UPDATE identities SET request_der = ? WHERE id = ?', [Buffer.from(row.requestDer), present.id])
      added.push('request')
    }
    const issued = issuedOf(row)
    const verdict = issued === null ? null : verdictOn(issued, present)
    if (issued !== null && verdict !== null && verdict !== 'keep') {
      fileCertificate(connection, present.id, { ...issued, practice: row.practice && present.practice })
      added.push(verdict)
    }
    if (verdict === 'keep') kept.push('certificate')
    const renewal = renewed.get(row.id)
    if (renewal !== undefined && fits(renewal, present)) added.push('renewal')
    else renewed.delete(row.id)
    if (row.name !== present.name) kept.push('name')
    tally.met('certificates', present.name, added, kept)
    return present.id
  }

  /** A renewal that goes on here is not taken back, and one whose certificate has come here is not waited for once more. */
  function fits({ arrivedAt, oldSha256 }: RenewalRow, present: IdentityRow): boolean {
    if (renewals(connection).get(present.id) !== null) return false
    return arrivedAt !== null || present.certificate === null || present.certificate === oldSha256
  }

  /** Null: nothing is missing. Of two certificates for one key, the one that lasts longer replaced the other. */
  function verdictOn({ certificate, chain }: Issued, present: IdentityRow): RestoredPart | 'keep' | null {
    if (present.certificate === null) return 'certificate'
    if (present.certificate === certificate.sha256) return chain.length > present.chain.length ? 'chain' : null
    const here = certificates(connection).get(present.certificate)
    return here === null || here.notAfter < certificate.notAfter ? 'newer-certificate' : 'keep'
  }

  function issuedOf({ certificate: sha256, chain }: IdentityRow): Issued | null {
    const certificate = sha256 === null ? null : find(sha256)
    if (certificate === null) return null
    const found = chain.map(find)
    const end = found.indexOf(null)
    return { certificate, chain: found.slice(0, end === -1 ? found.length : end).filter((row) => row !== null) }
  }

  function find(sha256: string): CertificateRow | null {
    return stage.certificate(sha256)
  }
}

interface Issued {
  certificate: CertificateRow
  chain: CertificateRow[]
}
