import { Alert, Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconLockOpen } from '@tabler/icons-react'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { countOf, formatCount } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary, IssueOutcome, ListEncoding, RequestBatch } from '#shared/model/authority'
import { call } from '../../../api'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { type ThingAction, useShownThing } from '../../../components/shown-thing'
import textStyles from '../../../components/text.module.css'
import { useNow } from '../../../components/use-now'
import { VirtualList } from '../../../components/VirtualList'
import { type SigningForm, signatureOf, signingForm } from '../fields/SigningFields'
import issuerPage from '../issuer-page.module.css'
import { type Template, TemplateChoice } from '../templates/TemplateChoice'
import { CompareBar } from './CompareBar'
import type { IssueResult } from './IssueResultCard'
import styles from './issue.module.css'
import { codesIn } from './key-code-comparison'
import { RequestWindow } from './RequestWindow'
import { ReviewRow } from './ReviewRow'
import {
  canBeSigned,
  choicesFrom,
  type Decision,
  type Decisions,
  type Group,
  groups,
  keyOf,
  type ReviewEntry,
  review,
  unseen,
  willBeSigned,
} from './request-review'
import { SignBar } from './SignBar'
import { useUnlockedKey } from './use-unlocked-key'

interface ReviewProps {
  issuer: AuthoritySummary
  batch: RequestBatch
  decisions: Decisions
  onDecide(decisions: Decisions): void
  template: Template | null
  onTemplate(template: Template | null): void
  /** Reads the lists again, in this encoding. */
  onEncoding(encoding: ListEncoding): void
  onIssued(signed: IssueResult): void
}

/** What was asked for beside what will be written, request by request. */
export function RequestReview(props: ReviewProps) {
  const { issuer, batch, decisions, onDecide, template, onTemplate, onEncoding, onIssued } = props
  const [ticket, setTicket] = useState('')
  const [group, setGroup] = useState<Group>('all')
  const [opened, setOpened] = useState<number | null>(null)
  const [signed, setSigned] = useState<IssueOutcome>(nothingSigned)
  const unlocked = useUnlockedKey(issuer, batch.batch)
  const [issuedRows, setIssuedRows] = useState<ReadonlySet<number>>(new Set())
  const all = useMemo(
    () =>
      review(
        batch.rows.filter(({ row }) => !issuedRows.has(row)),
        decisions,
        codesIn(ticket),
        template,
      ),
    [batch, decisions, ticket, issuedRows, template],
  )
  const shown = useMemo(() => all.filter(groups[group].has), [all, group])
  const { seen, see } = useSeen(shown)
  const looked = all.find(({ request }) => request.row === opened) ?? null
  const now = useNow()
  const [form, setForm] = useState(() => signingForm(issuer, now, template?.days))
  const { job, error, run } = useJob()
  useShownThing(issuer, unlocked.isOffered && !unlocked.isHeld ? [keepAction(setForm)] : [])

  const decide = (one: ReviewEntry, change: Partial<Decision>) =>
    onDecide(new Map([...decisions, [keyOf(one.request), { ...decisions.get(keyOf(one.request)), ...change }]]))
  function choose(chosen: Template | null) {
    onTemplate(chosen)
    const { days } = signingForm(issuer, now, chosen?.days)
    setForm((before) => ({ ...before, days }))
  }
  async function sign() {
    const outcome = await run(async (id) => {
      if (!unlocked.isHeld && form.keepUnlocked) await unlocked.unlock(form.passphrase)
      const isKept = unlocked.isHeld || form.keepUnlocked
      return signRequests({ issuer, batch, all, form, job: id, isKept })
    })
    if (outcome === null) return
    const both = { issued: [...signed.issued, ...outcome.issued], refused: [...signed.refused, ...outcome.refused] }
    const refused = new Set(outcome.refused.map(({ row }) => row))
    const done = new Set(all.filter(willBeSigned).map(({ request: { row } }) => row))
    const left = all.filter((one) => canBeSigned(one) && !(done.has(one.request.row) && !refused.has(one.request.row)))
    if (!(unlocked.isHeld || form.keepUnlocked) || left.length === 0) return finish(both)
    setSigned(both)
    setIssuedRows((before) => new Set([...before, ...[...done].filter((row) => !refused.has(row))]))
    setForm((before) => ({ ...before, passphrase: '', keepUnlocked: false }))
  }
  const finish = (outcome: IssueOutcome) =>
    onIssued({ outcome, sources: new Map(batch.rows.map(({ row, source }) => [row, source])) })

  if (job !== null) {
    return (
      <div className={issuerPage.body}>
        <JobProgress job={job} phase="Signing" total={all.filter(willBeSigned).length} />
      </div>
    )
  }
  return (
    <>
      <div className={styles.head}>
        {batch.rows.length === 0 && <Text size="sm">There is no request in these files.</Text>}
        <TemplateChoice issuer={issuer} chosen={template} onChoose={choose} />
        <CompareBar all={all} ticket={ticket} onTicket={setTicket} shown={group} onShow={setGroup} />
        {batch.ignored.length > 0 && (
          <Text size="sm" c="var(--mantine-color-orange-text)" className={textStyles.wrap}>
            Columns of your list that are not used: {batch.ignored.map(({ column }) => quoted(column)).join(', ')}
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
      <div className={styles.columns} aria-hidden>
        <span />
        <span className={styles.file}>File</span>
        <span>Name in the certificate</span>
        <span className={styles.key}>Key</span>
        <span>Key code</span>
        <span>Comparison</span>
        <span />
      </div>
      <VirtualList<ReviewEntry>
        label="Requests"
        className={styles.rows}
        about={group}
        rows={shown}
        total={shown.length}
        rowHeight={40}
        keyOf={({ request }) => request.row}
        onRange={see}
      >
        {(one) => (
          <ReviewRow one={one} onDecide={(change) => decide(one, change)} onOpen={() => setOpened(one.request.row)} />
        )}
      </VirtualList>
      {looked !== null && (
        <RequestWindow one={looked} onDecide={(change) => decide(looked, change)} onClose={() => setOpened(null)} />
      )}
      <SignBar
        issuer={issuer}
        all={all}
        unseen={unseen(all, seen)}
        form={form}
        error={error}
        unlocked={unlocked}
        signed={signed.issued.length}
        onChange={setForm}
        onSign={() => void sign()}
        onFinish={() => finish(signed)}
      />
    </>
  )
}

/** Ticks it: the passphrase is still asked for. */
const keepAction = (onForm: (change: (before: SigningForm) => SigningForm) => void): ThingAction => ({
  id: 'keep-unlocked',
  label: 'Keep the key unlocked for 5 minutes',
  words: 'unlock issuer some minutes passphrase batch several',
  Icon: IconLockOpen,
  run: () => onForm((before) => ({ ...before, keepUnlocked: true })),
})

/** The first ones are named, so that a folder full of other files leaves room for the requests. */
function Unreadable({ unreadable, children }: Pick<RequestBatch, 'unreadable'> & { children: ReactNode }) {
  if (unreadable.length === 0) return null
  const named = unreadable.slice(0, 2)
  return (
    <Alert
      role="alert"
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
  /** The key is unlocked for this batch. */
  isKept: boolean
}

const nothingSigned: IssueOutcome = { issued: [], refused: [] }

function signRequests({ issuer, batch, all, form, job, isKept }: SigningInput): Promise<IssueOutcome> {
  const choices = choicesFrom(all, form.days)
  const signature = isKept ? { authority: issuer.id, passphrase: null } : signatureOf(issuer, form)
  return call('authorities.issue', { ...signature, batch: batch.batch, choices, job })
}

/** Which requests have been on the screen, by their row in the batch. */
function useSeen(shown: ReviewEntry[]) {
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set())
  const see = useCallback(
    (first: number, last: number) => {
      const inSight = shown.slice(first, last + 1).map(({ request }) => request.row)
      setSeen((before) => (inSight.every((row) => before.has(row)) ? before : new Set([...before, ...inSight])))
    },
    [shown],
  )
  return { seen, see }
}
