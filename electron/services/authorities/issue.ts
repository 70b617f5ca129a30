import type { JobOptions } from '#electron/jobs/jobs'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { neutralise } from '#shared/logic/neutralise'
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
    const { rows, unreadable } = await readRequests(jobs, files)
    return { batch: batches.put(authority, rows), rows: rows.map(({ preview }) => preview), unreadable }
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
      else accepted.set(choice.row, { ...choice, spki: row.spki, request: row.request, asked: row.asked })
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

/** What was decided on is issued to the letter, so nothing in it may deceive the eye. */
function refusalOf(row: BatchRow | undefined, { subject }: IssueChoice): string | null {
  if (row === undefined) return 'There is no such request.'
  if (row.preview.refusal !== null) return row.preview.refusal
  const hidden = Object.values(subject).some((text) => neutralise(text) !== text)
  return hidden ? 'The name holds characters that cannot be seen.' : null
}
