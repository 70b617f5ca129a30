import { Alert, Button, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { countOf, formatCount } from '#shared/logic/formatting'
import type { AuthoritySummary, IssueOutcome, ListEncoding, RequestBatch } from '#shared/model/authority'
import { call } from '../../../api'
import { JobProgress, useJob } from '../../../components/JobProgress'
import textStyles from '../../../components/text.module.css'
import { useNow } from '../../../components/use-now'
import { VirtualList } from '../../../components/VirtualList'
import { type SigningForm, signatureOf, signingForm } from '../fields/SigningFields'
import issuerPage from '../issuer-page.module.css'
import type { IssueResult } from './IssueResultCard'
import styles from './issue.module.css'
import { ReviewRow } from './ReviewRow'
import {
  canBeSigned,
  choicesFrom,
  countWords,
  type Decision,
  type Decisions,
  keyOf,
  type ReviewEntry,
  review,
  unseen,
} from './request-review'
import { SignBar } from './SignBar'

interface ReviewProps {
  issuer: AuthoritySummary
  batch: RequestBatch
  decisions: Decisions
  onDecide(decisions: Decisions): void
  /** Reads the lists again, in this encoding. */
  onEncoding(encoding: ListEncoding): void
  onIssued(signed: IssueResult): void
}

/** What was asked for beside what will be written, request by request. */
export function RequestReview({ issuer, batch, decisions, onDecide, onEncoding, onIssued }: ReviewProps) {
  const all = useMemo(() => review(batch.rows, decisions), [batch, decisions])
  const { seen, see } = useSeen()
  const now = useNow()
  const [form, setForm] = useState(() => signingForm(issuer, now))
  const { job, error, run } = useJob()

  const decide = (one: ReviewEntry, change: Partial<Decision>) =>
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
      <div className={issuerPage.body}>
        <JobProgress job={job} phase="Signing" />
      </div>
    )
  }
  return (
    <>
      <div className={styles.head}>
        <Text size="sm" role="status">
          {batch.rows.length === 0 ? 'There is no request in these files.' : `${countWords(all)}.`} Compare each key
          code with its sender, and tick what may be signed.
        </Text>
        {batch.ignored.length > 0 && (
          <Text size="sm" c="var(--mantine-color-orange-text)" className={textStyles.wrap}>
            Columns of your list that are not used: {batch.ignored.map(({ column }) => `“${column}”`).join(', ')}
          </Text>
        )}
        <Unreadable unreadable={[...batch.listFaults, ...batch.unreadable]}>
          {batch.listFaults.some(({ needsEncoding }) => needsEncoding) && (
            <Button size="compact-sm" variant="default" mt="xs" onClick={() => onEncoding('windows-1252')}>
              Read it as Windows-1252 (plain CSV of Excel)
            </Button>
          )}
        </Unreadable>
      </div>
      <VirtualList<ReviewEntry>
        label="Requests"
        className={styles.rows}
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

/** The first ones are named, so that a folder full of other files leaves room for the requests. */
function Unreadable({ unreadable, children }: Pick<RequestBatch, 'unreadable'> & { children: ReactNode }) {
  if (unreadable.length === 0) return null
  const named = unreadable.slice(0, 2)
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title={`Left out: ${countOf(unreadable.length, 'file or line', 'files or lines')}`}
      mt="xs"
      py="xs"
    >
      <ul className={styles.unreadable}>
        {named.map(({ source, reason }) => (
          <li key={`${source} ${reason}`} className={textStyles.wrap}>
            {source}: {reason}
          </li>
        ))}
        {unreadable.length > named.length && <li>and {formatCount(unreadable.length - named.length)} more</li>}
      </ul>
      {children}
    </Alert>
  )
}

interface SigningInput {
  issuer: AuthoritySummary
  batch: RequestBatch
  all: ReviewEntry[]
  form: SigningForm
  job: string
}

function signRequests({ issuer, batch, all, form, job }: SigningInput): Promise<IssueOutcome> {
  const choices = choicesFrom(all, form.days)
  return call('authorities.issue', { ...signatureOf(issuer, form), batch: batch.batch, choices, job })
}

/** Which rows have been on the screen. */
function useSeen() {
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set())
  const see = useCallback((first: number, last: number) => {
    setSeen((before) => {
      const more = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
        (row) => !before.has(row),
      )
      return more.length === 0 ? before : new Set([...before, ...more])
    })
  }, [])
  return { seen, see }
}
