import type { JobInput, JobProgress } from '#electron/jobs/jobs'
import { failPoint } from '#electron/platform/fail-point'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { neutralise } from '#shared/logic/neutralise'
import type { IssueChoice, IssueOutcome, RequestBatch } from '#shared/model/authority'
import type { AuthorityId, JobId, StagedId } from '#shared/model/ids'
import { createBatches } from './batches'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts, Signature } from './ports'
import { issuedRowOf } from './record'
import { type BatchRow, readRequests } from './requests'
import { horizonOf, issuedCertificate } from './summary'

type Client = JobInput<'issue-certificates'>['clients'][number]

/** From requests to certificates: first everything is shown, then what was decided is signed, recorded, and handed out. */
export function createIssuing(ports: AuthorityPorts, keys: AuthorityKeys) {
  const { database, jobs, clock, random } = ports
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
    job: JobId,
    onProgress: (progress: JobProgress) => void,
  ): Promise<IssueOutcome> {
    const batch = batches.get(batchId, signature.authority)
    const refused: IssueOutcome['refused'] = []
    const accepted = new Map<number, Client>()
    for (const choice of choices) {
      const row = batch.rows[choice.row]
      const isRepeated = accepted.has(choice.row) || batch.issued.has(choice.row)
      const reason = isRepeated ? 'A certificate was issued for it already.' : refusalOf(row, choice)
      if (reason !== null || row === undefined) refused.push({ row: choice.row, reason: reason ?? '' })
      else accepted.set(choice.row, { ...choice, spki: row.spki, now: clock.now() })
    }
    for (const row of accepted.keys()) batch.issued.add(row)
    try {
      return { issued: await sign(signature, [...accepted.values()], { id: job, onProgress }), refused }
    } catch (error) {
      for (const row of accepted.keys()) batch.issued.delete(row)
      throw error
    }
  }

  /** Recorded before anybody gets to see them: no certificate is ever out there that is not in the list. */
  async function sign(
    signature: Signature,
    clients: Client[],
    options: { id?: JobId; onProgress?: (progress: JobProgress) => void },
  ) {
    if (clients.length === 0) return []
    return keys.signWith(signature, async (issuer, { id, name }) => {
      const made = await jobs.run('issue-certificates', { issuer, clients }, options)
      failPoint('issue:signed')
      const issuedAt = clock.now().toISOString()
      const rows = made.map((facts) => issuedRowOf(id, facts, issuedAt))
      await database.issued.add(rows)
      failPoint('issue:recorded')
      const sentence =
        rows.length === 1
          ? `A certificate for “${rows[0]?.commonName}” was issued.`
          : `${rows.length} certificates were issued.`
      await database.activity.append(clock.now(), 'certificates-issued', name, sentence)
      ports.changed('authorities', 'activity')
      return rows.map((row) => issuedCertificate(row, horizonOf(clock.now())))
    })
  }

  return { read, issue, sign }
}

/** What was decided on is issued to the letter, so nothing in it may deceive the eye. */
function refusalOf(row: BatchRow | undefined, { subject }: IssueChoice): string | null {
  if (row === undefined) return 'There is no such request.'
  if (row.preview.refusal !== null) return row.preview.refusal
  const hidden = Object.values(subject).some((text) => neutralise(text) !== text)
  return hidden ? 'The name holds characters that cannot be seen.' : null
}

export type Issuing = ReturnType<typeof createIssuing>
