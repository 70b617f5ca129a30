import { Button } from '@mantine/core'
import { IconReplace } from '@tabler/icons-react'
import { useAnswer } from '../../../api'
import { useNavigation } from '../../../navigation'
import styles from '../access.module.css'
import { nextStage, numberOfStage, stageIds } from '../roll-over/stages'

/** A roll-over may take months: it is kept in sight until it is done. */
export function RollOverNotice() {
  const { data: found } = useAnswer('cloudflare.rollOver', undefined)
  const { go } = useNavigation()
  if (found === null || found === undefined) return null
  const stage = nextStage(found)
  if (stage === null) return null
  const { old, next } = found
  return (
    <div className={styles.notice} data-tone="teal" role="status">
      <IconReplace size={18} aria-hidden />
      <span className={styles.grow}>
        <strong>{old.name}</strong> is being rolled over to <strong>{next.name}</strong>: step {numberOfStage(stage)} of{' '}
        {stageIds.length} is next.
      </span>
      <Button size="xs" variant="default" onClick={() => go({ screen: 'access', view: 'roll-over' })}>
        Show the steps
      </Button>
    </div>
  )
}
