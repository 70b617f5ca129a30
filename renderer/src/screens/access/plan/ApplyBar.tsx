import { Button, Group, Text, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import type { AccessPlanId, AccessPlanView } from '#shared/model/access-screen'
import { call } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { SubmitButton, whenReady } from '../../../components/SubmitButton'
import styles from '../access.module.css'
import planStyles from './plan.module.css'
import { latestRun, shownPlan } from './plan-store'
import { type Confirmation, changesIn, confirmationsIn } from './plan-text'
import { WriteTokenField } from './WriteTokenField'
import { useWriteToken } from './write-token'

interface ApplyProps {
  plan: AccessPlanView
  id: AccessPlanId
  onCancel(): void
}

/** The last step, always in sight: what has to be typed, the token, and the button that counts the changes. */
export function ApplyBar({ plan, id, onCancel }: ApplyProps) {
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [isRefused, setRefused] = useState(false)
  const { job, error, run } = useJob()
  const confirmations = confirmationsIn(plan)
  const isTyped = ({ name }: Confirmation) => (typed[name] ?? '').trim() === name
  const writeToken = useWriteToken(plan.account)
  const isReady = writeToken.isReady && confirmations.every(isTyped)

  async function apply() {
    const confirmed = confirmations.map(({ name }) => name)
    let ended: unknown = null
    const applied = await run(
      (own) => call('cloudflare.apply', { plan: id, confirmed, ...writeToken.given, job: own }),
      (problem) => {
        ended = problem
      },
    )
    writeToken.clear()
    const begun = applied ?? (await latestRun(({ title, state }) => title === plan.title && state === 'waiting'))
    if (begun !== null) shownPlan.set({ kind: 'run', run: begun, error: ended })
  }

  if (job !== null)
    return (
      <div className={styles.foot}>
        <JobProgress job={job} phase="Reading the account" />
      </div>
    )
  return (
    <form
      className={styles.foot}
      noValidate
      onSubmit={whenReady(
        isReady,
        () => void apply(),
        () => setRefused(true),
      )}
    >
      {error !== null && <ErrorNotice error={error} />}
      <div className={planStyles.apply}>
        {confirmations.map((one) => (
          <TextInput
            key={one.name}
            label={`Type ${one.name} to confirm ${stepsWords(one)}`}
            description="Asked so that it does not happen by accident."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={typed[one.name] ?? ''}
            error={isRefused && !isTyped(one) ? 'The name does not match.' : null}
            maxLength={400}
            autoComplete="off"
            rightSection={
              isTyped(one) ? <IconCheck size={16} color="var(--mantine-color-teal-text)" aria-hidden /> : null
            }
            onChange={(event) => setTyped({ ...typed, [one.name]: event.currentTarget.value })}
          />
        ))}
        <WriteTokenField writeToken={writeToken} />
        <div>
          <Group gap="xs" justify="flex-end" pt={22}>
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <SubmitButton isReady={isReady}>Apply {countOf(changesIn(plan), 'change')}</SubmitButton>
          </Group>
          <Text size="xs" c="dimmed" ta="right" mt={4}>
            Stops if what it writes has been changed meanwhile.
          </Text>
        </div>
      </div>
    </form>
  )
}

const stepsWords = ({ steps }: Confirmation): string => `${steps.length === 1 ? 'step' : 'steps'} ${steps.join(', ')}`
