import type { IdentityRow } from '#electron/database/identity-rows'
import type { JobOptions } from '#electron/jobs/jobs'
import { refusalOfLeftOut } from '#electron/pki/authority/requested'
import { keyCodeOf, keySha256, normaliseSpki } from '#electron/pki/keys'
import { readCertificate } from '#electron/pki/x509/read'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { DAY_MS } from '#shared/logic/day'
import { fileNameOf } from '#shared/logic/naming'
import type { IssueChoice, IssueOutcome, RequestBatch } from '#shared/model/authority'
import type { ImportOutcome } from '#shared/model/identity'
import type { AuthorityId, IdentityId, StagedId } from '#shared/model/ids'
import { createBatches } from './batches'
import { chainOf, pemOf } from './chain'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts, Signature } from './ports'
import { type BatchRow, type ReadOptions, readRequests } from './requests'
import type { Sign } from './sign'
import type { Order } from './signers'
import type { UnlockedKeyHolder } from './unlocked-key'

/** From requests to certificates: first everything is shown, then what was decided is signed, recorded, and handed out. */
export function createRequestIssuer(
  { jobs, clock, random }: AuthorityPorts,
  keys: AuthorityKeys,
  sign: Sign,
  unlocked: UnlockedKeyHolder,
) {
  const batches = createBatches(clock, random)

  async function read(authority: AuthorityId, files: IncomingFile[], options: ReadOptions = {}): Promise<RequestBatch> {
    unlocked.forget()
    await keys.get(authority)
    const { rows, ...rest } = await readRequests(jobs, files, options)
    return { batch: batches.put(authority, rows), rows: rows.map(({ preview }) => preview), ...rest }
  }

  async function issue(
    signature: Signature,
    batchId: StagedId,
    choices: IssueChoice[],
    options: JobOptions = {},
  ): Promise<IssueOutcome> {
    const batch = batches.get(batchId, signature.authority)
    const refused: IssueOutcome['refused'] = []
    const accepted = new Map<number, Order>()
    for (const choice of choices) {
      const row = batch.rows[choice.row]
      const isRepeated = accepted.has(choice.row) || batch.issued.has(choice.row)
      const reason = isRepeated ? 'A certificate has already been issued for it.' : refusalOf(row, choice)
      if (reason !== null || row === undefined) refused.push({ row: choice.row, reason: reason ?? '' })
      else accepted.set(choice.row, orderFor(row, choice))
    }
    const rows = [...accepted.keys()]
    for (const row of rows) batch.issued.add(row)
    try {
      const signed = await sign({ ...signature, batch: batchId }, [...accepted.values()], options)
      const elsewhere = signed.refused.flatMap(({ order, reason }) => {
        const row = rows[order]
        return row === undefined ? [] : [{ row, reason }]
      })
      for (const { row } of elsewhere) batch.issued.delete(row)
      const isDone = batch.rows.every(({ preview: { row, refusal } }) => refusal !== null || batch.issued.has(row))
      if (isDone) unlocked.endBatch(batchId)
      return { issued: signed.issued, refused: [...refused, ...elsewhere] }
    } catch (error) {
      for (const row of rows) batch.issued.delete(row)
      throw error
    }
  }

  /** The batch has to be here, read for this issuer. Errors: `ticket-expired`, those of `unlockFor`. */
  async function unlock(authority: AuthorityId, batchId: StagedId, passphrase: string): Promise<void> {
    batches.get(batchId, authority)
    await keys.unlockFor(batchId, authority, passphrase)
  }

  return { read, issue, unlock }
}

function orderFor({ spki, request, asked }: BatchRow, { names, days }: IssueChoice): Order {
  const whose = names.kind === 'as-requested' ? { ...names, request } : names
  return { names: whose, spki, days, request, asked }
}

/** Names that were decided on have met the rules of the contract; those of the requester are judged with the request. */
function refusalOf(row: BatchRow | undefined, { names }: IssueChoice): string | null {
  if (row === undefined) return 'There is no such request.'
  const { refusal, requested } = row.preview
  if (refusal !== null || names.kind === 'decided') return refusal
  return requested.refusal ?? (names.withoutUnsupported ? null : refusalOfLeftOut(requested.leftOut))
}

/** For a key that this app keeps itself: issued with the names of its own request, and then filed as if the file had arrived. */
export function createIdentityIssuer(ports: AuthorityPorts, keys: AuthorityKeys, sign: Sign) {
  const { database, jobs, clock } = ports

  return async (signature: Signature, id: IdentityId, days: number): Promise<ImportOutcome> => {
    const row = await database.identities.get(id)
    const order = { ...(await orderForIdentity(row)), days }
    const found = (await issuedBefore(signature.authority, row, order)) ?? (await issueNow(signature, order))
    const chain = await chainOf(await keys.get(signature.authority), database)
    return ports.importIssued(fileNameOf(found.commonName, 'pem'), pemOf([found.der, ...chain]))
  }

  async function issueNow(signature: Signature, order: Order) {
    const [issued] = (await sign(signature, [order], {})).issued
    const found = issued === undefined ? null : await database.issued.get(issued.sha256)
    if (found === null) throw new AppError('database-damaged', 'An issued certificate is missing from the database.')
    return found
  }

  /**
   * The certificate that was issued for this request when the process ended before it was filed: a second one would be in nobody's
   * hands. Only where it is for the same time, so that other dates can be asked for. It is filed, and nothing is signed.
   */
  async function issuedBefore(authority: AuthorityId, row: IdentityRow | null, { spki, days }: Order) {
    if (row === null || row.certificate !== null) return null
    const key = normaliseSpki(spki)
    const found = await database.issued.ofKey(authority, keyCodeOf(key), row.createdAt)
    const isSame =
      found !== null &&
      keySha256(normaliseSpki(readCertificate(found.der).spki)) === keySha256(key) &&
      found.notBefore <= clock.now().toISOString() &&
      Math.abs(Date.parse(found.notAfter) - (await endOf(authority, days))) <= DAY_MS
    return isSame ? found : null
  }

  /** When a certificate of so many days would end; none lasts longer than its issuer. */
  async function endOf(authority: AuthorityId, days: number): Promise<number> {
    const { notAfter } = await keys.get(authority)
    const wanted = clock.now().getTime() + days * DAY_MS
    return notAfter === null ? wanted : Math.min(wanted, Date.parse(notAfter))
  }

  async function orderForIdentity(row: IdentityRow | null): Promise<Omit<Order, 'days'>> {
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    if (row.requestDer === null) throw new AppError('not-found', 'This certificate was not requested here.')
    const [asked] = await jobs.run('review-requests', { requests: [row.requestDer] })
    if (asked === undefined || asked === null) throw new AppError('database-damaged', 'A request cannot be read.')
    const names = { kind: 'as-requested', request: row.requestDer, withoutUnsupported: false } as const
    return { names, spki: asked.spki, request: row.requestDer, asked: asked.attributes }
  }
}
