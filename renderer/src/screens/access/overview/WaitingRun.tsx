import { Button } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { useAnswer } from '../../../api'
import { useNavigation } from '../../../navigation'
import styles from '../access.module.css'
import { shownPlan } from '../plan/plan-store'

/** A change that was interrupted or has stopped: it is continued or undone, not forgotten. */
export function WaitingRun() {
  const { data: runs } = useAnswer('cloudflare.runs', undefined)
  const { go } = useNavigation()
  const waiting = runs?.find(({ state }) => state === 'waiting')
  if (waiting === undefined) return null
  return (
    <div className={styles.notice} role="status">
      <IconClockPause size={18} aria-hidden />
      <span className={styles.grow}>
        <strong>{waiting.title}</strong> stopped after step {waiting.done} of {waiting.steps.length}.
      </span>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          shownPlan.set({ kind: 'run', run: waiting })
          go({ screen: 'access', view: 'plan' })
        }}
      >
        Continue or undo…
      </Button>
    </div>
  )
}
