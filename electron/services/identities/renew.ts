import type { CertificateRow, IdentityRow, RenewalRow } from '#electron/database/identity-rows'
import type { JobOptions } from '#electron/jobs/jobs'
import { AppError } from '#shared/errors'
import { formatDate } from '#shared/logic/formatting'
import { keyTypeLike } from '#shared/logic/key-type'
import type { IdentitySummary } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import type { RenewalKey } from '#shared/model/renewal'
import { requireUnlocked } from '../require-unlocked'
import type { IdentityPorts } from './ports'
import type { Requests } from './request'

type Issued = IdentityRow & { certificate: NonNullable<IdentityRow['certificate']> }

/** A request in the place of a certificate: under the same names to the octet, with a new key of its type or with the same. */
export function createRenewals(ports: IdentityPorts, requests: Requests) {
  const { database, vault, jobs, clock, changed } = ports

  /** One that still waits for its certificate is given back instead of a second one. */
  async function renew(id: IdentityId, key: RenewalKey, options: JobOptions = {}): Promise<IdentitySummary> {
    const old = await issued(id)
    const waiting = await waitingFor(id)
    if (waiting !== null) return waiting
    await requireUnlocked(vault)
    const certificate = await database.certificates.get(old.certificate)
    if (certificate === null) throw new AppError('database-damaged', 'The certificate is missing from the database.')
    return key === 'new' ? withNewKey(old, certificate, options) : withSameKey(old, certificate, options)
  }

  async function issued(id: IdentityId): Promise<Issued> {
    const row = await database.identities.get(id)
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    const { certificate } = row
    if (certificate === null) throw new AppError('not-found', 'The certificate has not been issued yet.')
    return { ...row, certificate }
  }

  async function waitingFor(id: IdentityId): Promise<IdentitySummary | null> {
    const replacement = (await database.identities.summary(id))?.replacement ?? null
    return replacement === null || replacement.notAfter !== null ? null : requests.summaryOf(replacement.identity)
  }

  async function withNewKey(old: Issued, certificate: CertificateRow, options: JobOptions): Promise<IdentitySummary> {
    const key = await jobs.run('generate-key', { algorithm: keyTypeLike(old.algorithm) }, options)
    try {
      const der = await requestFor(certificate, key.pkcs8, options)
      const { tags, note, namedIssuers } = old
      const row = { ...(await requests.rowFor(old, key.spki, der)), tags, note, namedIssuers }
      const sentence = `A key (${row.algorithm}) and a request were created in place of the certificate${until(certificate)}.`
      return await requests.keep(row, key.pkcs8, {
        sentence,
        signal: options.signal,
        async record(made) {
          const isThere = await database.renewals.begin(renewalOf(made.id, old, certificate), made, null)
          if (!isThere) throw new AppError('not-found', 'This certificate is no longer here.')
        },
      })
    } finally {
      key.pkcs8.fill(0)
    }
  }

  /** Nothing secret is written, so its record is one transaction and needs no journal. */
  async function withSameKey(old: Issued, certificate: CertificateRow, options: JobOptions): Promise<IdentitySummary> {
    if (!old.keyInVault) throw new AppError('key-not-in-vault')
    const pkcs8 = await vault.open('private-key', old.id)
    const der = await requestFor(certificate, pkcs8, options).finally(() => pkcs8.fill(0))
    const sentence = `A request with the same key was created in place of the certificate${until(certificate)}.`
    const thing = { identity: old.id }
    const line = { at: clock.now().toISOString(), kind: 'request-made', about: old.name, sentence, thing } as const
    if (!(await database.renewals.begin(renewalOf(old.id, old, certificate), der, line)))
      throw new AppError('not-found', 'This certificate is no longer here.')
    changed('identities', 'activity')
    return requests.summaryOf(old.id)
  }

  const requestFor = async ({ der }: CertificateRow, pkcs8: Uint8Array, options: JobOptions) =>
    (await jobs.run('create-renewal-request', { certificate: der, pkcs8 }, options)).der

  const renewalOf = (identity: IdentityId, old: Issued, { der, notAfter }: CertificateRow): RenewalRow => ({
    identity,
    replaces: old.id,
    oldSha256: old.certificate,
    oldNotAfter: notAfter,
    oldCertificate: der,
    requestedAt: clock.now().toISOString(),
    arrivedAt: null,
    finishedAt: null,
  })

  return { renew }
}

const until = ({ notAfter }: CertificateRow) => ` that is valid until ${formatDate(notAfter)}`
