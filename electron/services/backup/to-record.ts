import type { BackupRow } from '#electron/database/backup/rows'
import type { BackupRecord } from '#electron/vault/backup/records'

/** A row as it is written. `key`: of a certificate (PKCS#8), or of an issuer as its own passphrase locks it. */
export function toRecord(entry: BackupRow, key: Uint8Array | null): BackupRecord {
  const { section } = entry
  const withKey = key === null ? {} : { key }
  switch (entry.section) {
    case 'certificates':
      return { section, fields: {}, bytes: { certificate: entry.row.der } }
    case 'identities': {
      const { requestDer, keyInVault: _keyInVault, ...fields } = entry.row
      const request = requestDer === null ? {} : { request: requestDer }
      return { section, fields, bytes: { ...request, ...withKey } }
    }
    case 'renewals': {
      const { identity, replaces, requestedAt, arrivedAt, finishedAt, oldCertificate } = entry.row
      const fields = { identity, replaces, requestedAt, arrivedAt, finishedAt }
      return { section, fields, bytes: { certificate: oldCertificate } }
    }
    case 'sites':
    case 'templates':
    case 'reports':
    case 'activity':
    case 'revocations':
      return { section, fields: entry.row, bytes: {} }
    case 'issuers': {
      const { id, parent, issuers, imported, createdAt, successor, archivedAt, der } = entry.row
      const fields = { id, parent, issuers, imported, createdAt, successor, archivedAt }
      return { section, fields, bytes: { certificate: der, ...withKey } }
    }
    case 'issued': {
      const { authority, issuedAt, issuedElsewhere, keyMadeByIssuer, der } = entry.row
      const fields = { authority, issuedAt, issuedElsewhere, keyMadeByIssuer }
      return { section, fields, bytes: { certificate: der } }
    }
    case 'crls': {
      const { authority, number, follows, revocations, der } = entry.row
      const fields = { authority, number: number?.toString() ?? null, follows, revocations }
      return { section, fields, bytes: { crl: der } }
    }
  }
}
