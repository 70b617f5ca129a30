import type { z } from 'zod'
import type { AuthorityListRow } from '#electron/database/authority-tables'
import { type BackupRow, type BackupSection, backupSections } from '#electron/database/backup/rows'
import { factsOf } from '#electron/pki/authority/facts'
import { continuableNumber } from '#electron/pki/crl/number'
import { readCrl } from '#electron/pki/crl/read'
import { describeKey, keyCodeOf, keySha256, normaliseSpki, publicKeyOf } from '#electron/pki/keys'
import { parseRequest } from '#electron/pki/request'
import { isAuthority } from '#electron/pki/x509/issued-by'
import { certificateKey, certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import type { BackupRecord } from '#electron/vault/backup/records'
import { AppError, isAppError } from '#shared/errors'
import { authorityRowOf } from '../authorities/record'
import { sections } from './sections'

/**
 * Records back into rows, for one backup from its beginning. Whoever knows the passphrase may have written anything, so
 * everything is read as if it came from elsewhere, and what belongs together must fit. Errors: `backup-damaged`.
 */
export function createRecordReader(known: AuthorityListRow[]) {
  /** Certificate → the key that it is for. Certificates come first. */
  const keysOf = new Map<string, string>()
  /** Identity → its key. */
  const identityKeys = new Map<string, string>()

  function read(record: BackupRecord): BackupRow {
    const section = backupSections.find((name) => name === record.section)
    if (section === undefined) throw damagedEntry(record.section)
    try {
      return readers[section](record)
    } catch (error) {
      if (!isAppError(error) || error.code === 'backup-damaged') throw error
      throw damagedEntry(record.section)
    }
  }

  const readers: { [Section in BackupSection]: (record: BackupRecord) => BackupRow } = {
    certificates(record) {
      const der = bytesOf(record, 'certificate')
      const { issuer, notBefore, notAfter } = viewCertificate(der)
      const sha256 = certificateSha256(der)
      keysOf.set(sha256, keySha256(normaliseSpki(certificateKey(der))))
      return { section: 'certificates', row: { sha256, der, issuer, notBefore, notAfter } }
    },
    identities(record) {
      const fields = fieldsOf('identities', record)
      const { request = null, key = null } = record.bytes
      const keyDigest = key === null ? null : keySha256(publicKeyOf(key))
      const spki = request === null ? null : normaliseSpki(parseRequest(request).spki)
      const certificateFor = fields.certificate === null ? null : keysOf.get(fields.certificate)
      const digests = [keyDigest, spki === null ? null : keySha256(spki), certificateFor]
      if (digests.some((digest) => digest !== null && digest !== fields.keySha256)) throw damagedEntry('identities')
      if (fields.chain.some((sha256) => !keysOf.has(sha256))) throw damagedEntry('identities')
      const facts =
        spki === null
          ? { algorithm: fields.algorithm, keyCode: fields.keyCode }
          : { algorithm: describeKey(spki), keyCode: keyCodeOf(spki) }
      identityKeys.set(fields.id, fields.keySha256)
      const { originalName = fields.name } = fields
      const row = { ...fields, ...facts, originalName, requestDer: request, keyInVault: key !== null }
      return { section: 'identities', row }
    },
    renewals(record) {
      const fields = fieldsOf('renewals', record)
      const oldCertificate = bytesOf(record, 'certificate')
      const digest = keySha256(normaliseSpki(certificateKey(oldCertificate)))
      if (identityKeys.get(fields.replaces) !== digest || !identityKeys.has(fields.identity))
        throw damagedEntry('renewals')
      const { notAfter } = viewCertificate(oldCertificate)
      const old = { oldSha256: certificateSha256(oldCertificate), oldNotAfter: notAfter, oldCertificate }
      return { section: 'renewals', row: { ...fields, ...old } }
    },
    sites: (record) => ({ section: 'sites', row: fieldsOf('sites', record) }),
    templates: (record) => ({ section: 'templates', row: fieldsOf('templates', record) }),
    reports: (record) => ({ section: 'reports', row: fieldsOf('reports', record) }),
    activity(record) {
      const { thing, ...line } = fieldsOf('activity', record)
      return { section: 'activity', row: thing === undefined ? line : { ...line, thing } }
    },
    issuers(record) {
      const { issuers, parent, successor, archivedAt, ...facts } = fieldsOf('issuers', record)
      const der = bytesOf(record, 'certificate')
      if (!isAuthority(der)) throw damagedEntry('issuers')
      const above = issuers.map((issuer) => Buffer.from(issuer, 'base64'))
      for (const issuer of above) if (!isAuthority(issuer)) throw damagedEntry('issuers')
      const hasKey = record.bytes['key'] !== undefined
      const row = authorityRowOf({ ...facts, der, known, issuers: above, hasKey })
      return { section: 'issuers', row: { ...row, parent: parent ?? row.parent, successor, archivedAt } }
    },
    issued(record) {
      const facts = factsOf(bytesOf(record, 'certificate'))
      return { section: 'issued', row: { ...fieldsOf('issued', record), ...facts, revokedAt: null, reason: null } }
    },
    revocations: (record) => ({ section: 'revocations', row: fieldsOf('revocations', record) }),
    crls(record) {
      const fields = fieldsOf('crls', record)
      const { der, number, thisUpdate, nextUpdate, count } = readCrl(bytesOf(record, 'crl'))
      const dates = { thisUpdate: thisUpdate.toISOString(), nextUpdate: nextUpdate?.toISOString() ?? null }
      return { section: 'crls', row: { ...fields, ...dates, number: continuableNumber(number), entries: count, der } }
    },
  }

  return read
}

function fieldsOf<Section extends BackupSection>(
  section: Section,
  { fields }: BackupRecord,
): z.output<(typeof sections)[Section]['fields']> {
  const parsed = sections[section].fields.safeParse(fields)
  if (!parsed.success) throw damagedEntry(section)
  return parsed.data as z.output<(typeof sections)[Section]['fields']> // TypeScript does not follow one key through the table.
}

function bytesOf({ section, bytes }: BackupRecord, name: string): Uint8Array {
  const found = bytes[name]
  if (found === undefined) throw damagedEntry(section)
  return found
}

/** An entry that was encrypted with the passphrase and still makes no sense. */
export const damagedEntry = (section: string) =>
  new AppError('backup-damaged', `An entry cannot be used (${section.slice(0, 64)}).`)
