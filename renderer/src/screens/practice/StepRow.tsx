import { Anchor, Button, Text } from '@mantine/core'
import { withIsolatedNames } from '#shared/logic/isolate'
import { ErrorNotice } from '../../components/ErrorNotice'
import { StepMark } from '../../components/StepMark'
import textStyles from '../../components/text.module.css'
import { useNavigation } from '../../navigation'
import styles from './practice.module.css'
import { run, type StepState } from './practice-run'
import { type Step, steps, stepWords } from './practice-steps'
import type { Subject } from './run-step'

interface StepRowProps {
  step: Step
  state: StepState
  subject: Subject | null
  isReady: boolean
  isNext: boolean
}

/** One step: what it is, its button, and what came of it. */
export function StepRow({ step, state, subject, isReady, isNext }: StepRowProps) {
  const { title, explanation, action } = stepWords[step]
  const isDone = state.state === 'done'
  return (
    <li className={styles.step} data-step={step} data-state={state.state} aria-current={isNext ? 'step' : undefined}>
      <StepMark state={state.state} number={steps.indexOf(step) + 1} isNext={isNext} />
      <div>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {explanation}
        </Text>
      </div>
      <Button
        size="xs"
        variant={isNext ? 'filled' : 'default'}
        disabled={!isReady}
        loading={state.state === 'running'}
        aria-label={isDone ? `${title}: again` : `${title}: ${action}`}
        onClick={() => void run(step)}
      >
        {isDone || state.state === 'failed' ? 'Again' : action}
      </Button>
      <div className={styles.result} role="status">
        {state.sentence !== '' && (
          <Text
            size="sm"
            fw={500}
            c={isDone ? 'var(--mantine-color-text)' : 'var(--mantine-color-error)'}
            data-step-result
            className={textStyles.wrap}
          >
            {withIsolatedNames(state.sentence)}
          </Text>
        )}
        <StepLink step={step} state={state} subject={subject} />
        {state.error !== null && <ErrorNotice error={state.error} />}
      </div>
    </li>
  )
}

/** Where the same thing lives in the rest of the app. */
function StepLink({ step, state, subject }: Pick<StepRowProps, 'step' | 'state' | 'subject'>) {
  const { go } = useNavigation()
  if (state.report !== null) {
    const { report } = state
    return (
      <Anchor component="button" type="button" size="sm" onClick={() => go({ screen: 'connections', report })}>
        Show the full report
      </Anchor>
    )
  }
  if (subject === null || state.state !== 'done' || !['request', 'issue', 'install'].includes(step)) return null
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      onClick={() => go({ screen: 'certificates', identity: subject.identity })}
    >
      See it under Certificates
    </Anchor>
  )
}
