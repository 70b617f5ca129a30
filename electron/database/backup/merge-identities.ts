import { randomUUID } from 'node:crypto'
import type { KeptPart, RestoredPart } from '#shared/model/backup'
import { IdentityId } from '#shared/model/ids'
import { certificates } from '../certificates'
import type { Connection } from '../connection'
import type { CertificateRow, IdentityRow } from '../database'
import { fileCertificate, identities, insertIdentity } from '../identities'
import type { Stage } from './stage'
import type { Tally } from './tally'

/** Ids of the backup → ids here. */
export type Places<Id> = ReadonlyMap<Id, Id>

/** By their public keys: a key is here once, whatever was issued for it. */
export function mergeIdentities(connection: Connection, stage: Stage, tally: Tally): Places<IdentityId> {
  const places = new Map<IdentityId, IdentityId>()
  const table = identities(connection)

  for (const row of stage.rows('identities')) {
    const present = table.findByKey(row.keySha256)
    const here = present === null ? insert(row) : complete(row, present)
    places.set(row.id, here)
  }
  return places

  function insert(row: IdentityRow): IdentityId {
    const id = table.get(row.id) === null ? row.id : IdentityId.parse(randomUUID())
    insertIdentity(connection, { ...row, id, certificate: null, chain: [] })
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
    if (row.name !== present.name) kept.push('name')
    tally.met('certificates', present.name, added, kept)
    return present.id
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
