import { Button } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import type { AccessRun } from '#shared/model/access-screen'
import { useAnswer } from '../../../api'
import { useNavigation } from '../../../navigation'
import styles from '../access.module.css'
import { shownPlan } from '../plan/plan-store'

/** A change that was interrupted or has stopped: it is continued or undone, not forgotten. `id`: only this one, whatever its state. */
export function WaitingRun({ id }: { id?: string }) {
  const { data: runs } = useAnswer('cloudflare.runs', undefined)
  const run = runs?.find((one) => (id === undefined ? one.state === 'waiting' : one.id === id))
  return run === undefined ? null : <StoppedRun run={run} />
}

function StoppedRun({ run }: { run: AccessRun }) {
  const { go } = useNavigation()
  return (
    <div className={styles.notice} role="status">
      <IconClockPause size={18} aria-hidden />
      <span className={styles.grow}>
        <strong>{run.title}</strong> stopped after step {run.done} of {run.steps.length}.
      </span>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          shownPlan.set({ kind: 'run', run })
          go({ screen: 'access', view: 'plan' })
        }}
      >
        Continue or undo…
      </Button>
    </div>
  )
}
