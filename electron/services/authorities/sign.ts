import type { AuthorityListRow } from '#electron/database/authority-tables'
import type { JobOptions } from '#electron/jobs/jobs'
import type { CertificateFacts } from '#electron/pki/authority/facts'
import { failPoint } from '#electron/platform/fail-point'
import { isAppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import { messages } from '#shared/messages'
import type { IssuedCertificate } from '#shared/model/authority'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts, Signature } from './ports'
import { issuedRowOf } from './record'
import type { Order, Signers } from './signers'
import { horizonOf, issuedCertificate } from './summary'

/** What was signed, and by their place among the orders those that a signer elsewhere refused. */
export interface SigningResult {
  issued: IssuedCertificate[]
  refused: { order: number; reason: string }[]
}

/** Signs here or has a signer sign. Certificates are recorded before they are handed out, so none exists that is not in the list. */
export function createSign(ports: AuthorityPorts, keys: AuthorityKeys, signers: Signers) {
  const { database, jobs, clock } = ports

  async function sign(signature: Signature, orders: Order[], options: JobOptions): Promise<SigningResult> {
    if (orders.length === 0) return { issued: [], refused: [] }
    const row = await keys.get(signature.authority)
    if (row.hasKey || row.signer === null) return { issued: await signHere(signature, orders, options), refused: [] }
    return signElsewhere(row, orders, options)
  }

  /** All or none. */
  function signHere(signature: Signature, orders: Order[], options: JobOptions): Promise<IssuedCertificate[]> {
    return keys.signWith(signature, async (issuer, row) => {
      const now = clock.now()
      const clients = orders.map(({ request: _request, asked: _asked, ...client }) => ({ ...client, now }))
      return record(row, await jobs.run('issue-certificates', { issuer, clients }, options))
    })
  }

  /** One after the other, each recorded as soon as it is here; what cannot be reached once is not tried again. */
  async function signElsewhere(
    row: AuthorityListRow,
    orders: Order[],
    { onProgress, signal }: JobOptions,
  ): Promise<SigningResult> {
    const signOne = await signers.open(row)
    const signed: SigningResult = { issued: [], refused: [] }
    let stopped: string | null = null
    for (const [place, order] of orders.entries()) {
      onProgress?.({ fraction: place / orders.length, phase: 'Signing' })
      if (signal?.aborted === true) stopped ??= 'Cancelled.'
      if (stopped !== null) {
        signed.refused.push({ order: place, reason: stopped })
        continue
      }
      try {
        signed.issued.push(...(await record(row, [await signOne(order)])))
      } catch (error) {
        if (!isAppError(error) || orders.length === 1) throw error
        const reason = `${messages[error.code].title} ${error.detail ?? ''}`.trim()
        signed.refused.push({ order: place, reason })
        if (error.code === 'signer-unreachable') stopped = reason
      }
    }
    return signed
  }

  async function record({ id, name }: AuthorityListRow, made: CertificateFacts[]): Promise<IssuedCertificate[]> {
    failPoint('issue:signed')
    const now = clock.now()
    const at = now.toISOString()
    const rows = made.map((facts) => issuedRowOf(id, facts, at))
    const [first, ...others] = rows
    const sentence =
      first !== undefined && others.length === 0
        ? `A certificate for “${first.commonName}” was issued.`
        : `${countOf(rows.length, 'certificate')} were issued.`
    await database.issued.add(rows, { at, kind: 'certificates-issued', about: name, sentence, thing: { issuer: id } })
    failPoint('issue:recorded')
    ports.changed('authorities', 'activity')
    return rows.map((row) => issuedCertificate(row, horizonOf(now)))
  }

  return sign
}

export type Sign = ReturnType<typeof createSign>
