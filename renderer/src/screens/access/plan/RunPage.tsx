import { Box, Button, Checkbox, Group, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconClockPause } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { AccessRun } from '#shared/model/access-screen'
import { call, useAnswer } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import { useNavigation } from '../../../navigation'
import styles from '../access.module.css'
import { PageHead } from '../PageHead'
import { ProveSite } from '../protect/ProveSite'
import planStyles from './plan.module.css'
import { latestRun, shownPlan } from './plan-store'
import { usePlanner } from './use-planner'
import { WriteTokenField } from './WriteTokenField'
import { useWriteToken } from './write-token'

interface RunPageProps {
  run: AccessRun
  /** What ended it just now, if that is not a reason of its own. */
  error: unknown
  onBack(): void
}

/** A plan that was begun: done, or waiting to be continued or undone. */
export function RunPage({ run, error, onBack }: RunPageProps) {
  const { planUndo, status, isBusy } = usePlanner()
  const { data: protections } = useAnswer('cloudflare.protections', undefined)
  const protection = protections?.find((one) => one.run?.id === run.id)
  const isDone = run.state !== 'waiting'
  const words = isDone
    ? `${countOf(run.steps.length, 'step')} done in ${run.account.name}.`
    : `Stopped after step ${run.done} of ${run.steps.length} in ${run.account.name}.`
  return (
    <div className={styles.page}>
      <PageHead title={run.title} sentence={words} onBack={onBack} />
      <div className={styles.body}>
        <div className={styles.notice} data-tone={isDone ? 'teal' : undefined} role="status">
          {isDone ? <IconCircleCheck size={18} aria-hidden /> : <IconClockPause size={18} aria-hidden />}
          <span className={styles.grow}>
            {run.state === 'undone'
              ? 'This change was undone.'
              : isDone
                ? 'Every step is done. Access reported back what was written.'
                : withIsolatedNames(
                    run.why ?? 'It was interrupted. What was done so far stays until you continue or undo it.',
                  )}
          </span>
          {isBusy || run.state === 'undone' ? null : (
            <Button size="xs" variant="default" onClick={() => void planUndo(run.id)}>
              Undo…
            </Button>
          )}
        </div>
        {error !== null && (
          <Box mb="sm">
            <ErrorNotice error={error} />
          </Box>
        )}
        {status}
        {run.isRollOver && <RollOverLink />}
        {run.state === 'done' && protection?.planned != null && (
          <ProveSite key={run.id} run={run.id} protection={protection} planned={protection.planned} />
        )}
        <Steps run={run} />
        {run.backup && (
          <Text size="sm" c="dimmed" mt="sm">
            A backup of the account as it was before is kept in Latchkey’s folder, in “access”.
          </Text>
        )}
      </div>
      {run.state === 'waiting' && !isBusy && <ContinueBar run={run} />}
    </div>
  )
}

/** What comes next in a roll-over is on its page. */
function RollOverLink() {
  const { go } = useNavigation()
  return (
    <Button size="xs" variant="default" mb="sm" onClick={() => go({ screen: 'access', view: 'roll-over' })}>
      Show the steps of the roll-over
    </Button>
  )
}

function Steps({ run: { steps, done } }: { run: AccessRun }) {
  return (
    <section className={styles.card} aria-label="Steps">
      <div className={styles.cardHead}>
        <Title order={2}>Steps</Title>
      </div>
      <ol className={planStyles.steps}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps never move
          <li key={index} className={planStyles.step}>
            <span className={planStyles.number} aria-hidden>
              {index + 1}
            </span>
            <Text size="sm">{withIsolatedNames(step)}</Text>
            <Text size="sm" c="dimmed">
              {index < done ? 'Done' : 'Not done'}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Continuing asks for the token again, unless that was kept. */
function ContinueBar({ run }: { run: AccessRun }) {
  const writeToken = useWriteToken(run.account)
  const [isTested, setTested] = useState(false)
  const [maySend, setMaySend] = useState(false)
  const { job, run: work } = useJob()
  // Without this claim, Latchkey tests it again.
  const isReady = writeToken.isReady && (!run.maySendAgain || maySend)

  async function resume() {
    const choice = { ...writeToken.given, tested: isTested, sendAgain: maySend }
    let ended: unknown = null
    const resumed = await work(
      (job) => call('cloudflare.resume', { run: run.id, ...choice, job }),
      (problem) => {
        ended = problem
      },
    )
    writeToken.clear()
    const now = resumed ?? (await latestRun(({ id }) => id === run.id)) ?? run
    shownPlan.set({ kind: 'run', run: now, error: ended })
  }

  if (job !== null)
    return (
      <div className={styles.foot}>
        <JobProgress job={job} phase="Reading the account" />
      </div>
    )
  return (
    <form className={styles.foot} noValidate onSubmit={whenReady(isReady, () => void resume())}>
      {run.test !== null && (
        <Checkbox
          mb="sm"
          description="Otherwise Latchkey tests it again itself."
          label={`I have tested ${run.test} with a certificate from each CA, and all were let in.`}
          checked={isTested}
          onChange={(event) => setTested(event.currentTarget.checked)}
        />
      )}
      {run.maySendAgain && (
        <Checkbox
          mb="sm"
          required
          label="I have checked the dashboard: send the last request again."
          checked={maySend}
          onChange={(event) => setMaySend(event.currentTarget.checked)}
        />
      )}
      <div className={planStyles.apply}>
        <WriteTokenField writeToken={writeToken} />
        <Group justify="flex-end" pt={22}>
          <SubmitButton isReady={isReady}>Continue</SubmitButton>
        </Group>
      </div>
    </form>
  )
}
