import { Button, Group, Text, Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import layout from '../../components/layout.module.css'
import { JourneyEnd } from './JourneyEnd'
import { PolicyCard } from './PolicyCard'
import styles from './practice.module.css'
import { isReady, nextStep, noteStopped, runRest, startOver, usePracticeRun } from './practice-run'
import { steps } from './practice-steps'
import { ScenarioCatalogue } from './ScenarioCatalogue'
import { SiteCard } from './SiteCard'
import { StepRow } from './StepRow'

/** Only a site that was seen running can have been stopped: just after its start the answer still says otherwise. */
function useNoteStop(isRunning: boolean) {
  const wasRunning = useRef(false)
  useEffect(() => {
    if (wasRunning.current && !isRunning) noteStopped()
    wasRunning.current = isRunning
  }, [isRunning])
}

/** Whether the journey was completed while this screen was open, so that its end appears before the person's eyes. */
function useCompletedHere(isComplete: boolean): boolean {
  const [wasIncomplete, setWasIncomplete] = useState(!isComplete)
  // It can also be started over here: https://react.dev/reference/react/useState#storing-information-from-previous-renders
  if (!isComplete && !wasIncomplete) setWasIncomplete(true)
  return wasIncomplete
}

/** The whole journey with a site and an issuer of Latchkey's own: no account, no administrator, nothing to break. */
export function Practice() {
  const { data: lab, error } = useAnswer('lab.state', undefined)
  const walk = usePracticeRun()
  const isRunning = lab?.running ?? false
  useNoteStop(isRunning)

  const isEndNew = useCompletedHere(walk.isComplete)
  const next = nextStep(walk)
  const isBusy = steps.some((step) => walk.steps[step].state === 'running')
  const canTestAgain = walk.isComplete && isReady('test-direct', walk, isRunning)
  return (
    <div className={layout.page}>
      <header className={styles.head}>
        <div className={layout.grows}>
          <Title order={1}>Practice</Title>
          <Text c="dimmed" maw={620}>
            Try the whole journey with a site and an issuer on this computer. It needs no account and changes nothing at
            Cloudflare.
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap" flex="none">
          {walk.steps.request.state !== 'idle' && (
            <Button variant="default" disabled={isBusy} onClick={startOver}>
              Start over
            </Button>
          )}
          {next !== null && (
            <Button variant="light" loading={isBusy} onClick={() => void runRest()}>
              {walk.subject === null ? 'Run every step' : 'Run the rest'}
            </Button>
          )}
        </Group>
      </header>
      {error !== null && <ErrorNotice error={error} />}
      <div className={styles.columns}>
        <div>
          <ol className={styles.steps} aria-label="The practice journey">
            {steps.map((step) => (
              <StepRow
                key={step}
                step={step}
                state={walk.steps[step]}
                subject={walk.subject}
                isReady={isReady(step, walk, isRunning)}
                isNext={step === next && !isBusy}
              />
            ))}
          </ol>
          {walk.isComplete && <JourneyEnd subject={walk.subject} takesFocus={isEndNew} />}
        </div>
        <div className={styles.cards}>
          {lab !== undefined && <SiteCard lab={lab} />}
          {lab !== undefined && (
            <PolicyCard
              lab={lab}
              suggestion={walk.subject?.name ?? null}
              test={canTestAgain ? walk.steps['test-direct'] : null}
            />
          )}
        </div>
      </div>
      {lab !== undefined && <ScenarioCatalogue lab={lab} />}
    </div>
  )
}
