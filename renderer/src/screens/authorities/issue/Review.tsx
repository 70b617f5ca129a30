import { Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { AuthoritySummary, RequestBatch } from '#shared/model/authority'
import { JobProgress } from '../../../components/JobProgress'
import { useJob } from '../../../components/use-job'
import { useNow } from '../../../components/use-now'
import { VirtualList } from '../../../components/VirtualList'
import { signingForm } from '../fields/signing-form'
import type { Signed } from './Outcome'
import { ReviewRow } from './ReviewRow'
import { canBeSigned, countWords, type Decision, type Decisions, keyOf, type Reviewed, review, unseen } from './review'
import { SignBar } from './SignBar'
import { signRequests } from './sign-requests'
import { Unreadable } from './Unreadable'
import { useSeen } from './use-seen'

interface ReviewProps {
  issuer: AuthoritySummary
  batch: RequestBatch
  decisions: Decisions
  onDecide(decisions: Decisions): void
  onIssued(signed: Signed): void
}

/** What was asked for beside what will be written, request by request. */
export function Review({ issuer, batch, decisions, onDecide, onIssued }: ReviewProps) {
  const all = useMemo(() => review(batch.rows, decisions), [batch, decisions])
  const { seen, see } = useSeen()
  const now = useNow()
  const [form, setForm] = useState(() => signingForm(issuer, now))
  const { job, error, run } = useJob()

  const decide = (one: Reviewed, change: Partial<Decision>) =>
    onDecide(new Map([...decisions, [keyOf(one.request), { ...one.decision, ...change }]]))
  const checkAll = (isChecked: boolean) =>
    onDecide(
      new Map(all.map((one) => [keyOf(one.request), { ...one.decision, isChecked: isChecked && canBeSigned(one) }])),
    )

  async function sign() {
    const outcome = await run((id) => signRequests({ issuer, batch, all, form, job: id }))
    if (outcome !== null) onIssued({ outcome, sources: new Map(batch.rows.map(({ row, source }) => [row, source])) })
  }

  if (job !== null) {
    return (
      <div className="page-body">
        <JobProgress job={job} phase="Signing" />
      </div>
    )
  }
  return (
    <>
      <div className="review-head">
        <Text size="sm" role="status">
          {batch.rows.length === 0 ? 'There is no request in these files.' : `${countWords(all)}.`} Compare each key
          code with its sender, and tick what may be signed.
        </Text>
        {batch.ignored.length > 0 && (
          <Text size="sm" c="var(--mantine-color-orange-text)" className="wrap">
            Not read in your list: {batch.ignored.map(({ column }) => `“${column}”`).join(', ')}
          </Text>
        )}
        {batch.unreadable.length > 0 && <Unreadable unreadable={batch.unreadable} />}
      </div>
      <VirtualList<Reviewed>
        label="Requests"
        className="review-rows"
        rows={all}
        total={all.length}
        rowHeight={132}
        keyOf={({ request }) => request.row}
        onRange={see}
      >
        {(one) => <ReviewRow one={one} onDecide={(change) => decide(one, change)} />}
      </VirtualList>
      <SignBar
        issuer={issuer}
        all={all}
        unseen={unseen(all, seen)}
        form={form}
        error={error}
        onChange={setForm}
        onCheckAll={checkAll}
        onSign={() => void sign()}
      />
    </>
  )
}
