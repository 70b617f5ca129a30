import type { JobOptions } from '#electron/jobs/jobs'
import { refusalOfLeftOut } from '#electron/pki/authority/requested'
import type { IncomingFile } from '#electron/platform/incoming-file'
import type { IssueChoice, IssueOutcome, RequestBatch } from '#shared/model/authority'
import type { AuthorityId, StagedId } from '#shared/model/ids'
import { createBatches } from './batches'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts, Signature } from './ports'
import { type BatchRow, readRequests } from './requests'
import type { Order, Sign } from './sign'

/** From requests to certificates: first everything is shown, then what was decided is signed, recorded, and handed out. */
export function createIssuing({ jobs, clock, random }: AuthorityPorts, keys: AuthorityKeys, sign: Sign) {
  const batches = createBatches(clock, random)

  async function read(authority: AuthorityId, files: IncomingFile[]): Promise<RequestBatch> {
    await keys.get(authority)
    const { rows, ...rest } = await readRequests(jobs, files)
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
      const reason = isRepeated ? 'A certificate was issued for it already.' : refusalOf(row, choice)
      if (reason !== null || row === undefined) refused.push({ row: choice.row, reason: reason ?? '' })
      else accepted.set(choice.row, orderFor(row, choice))
    }
    const rows = [...accepted.keys()]
    for (const row of rows) batch.issued.add(row)
    try {
      const signed = await sign(signature, [...accepted.values()], options)
      const elsewhere = signed.refused.flatMap(({ order, reason }) => {
        const row = rows[order]
        return row === undefined ? [] : [{ row, reason }]
      })
      for (const { row } of elsewhere) batch.issued.delete(row)
      return { issued: signed.issued, refused: [...refused, ...elsewhere] }
    } catch (error) {
      for (const row of rows) batch.issued.delete(row)
      throw error
    }
  }

  return { read, issue }
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
