import { Button, Text } from '@mantine/core'
import { countOf } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import textStyles from '../components/text.module.css'
import { useStore } from '../store'
import { arrivals } from './arrivals'
import styles from './WaitingFiles.module.css'

/** Files that cannot be opened yet: the window is starting, the keys are locked, or other files are being read. */
export function WaitingFiles() {
  const waiting = useStore(arrivals.waiting)
  const names = waiting.flatMap((arrival) => arrival.names)
  const [first] = names
  if (first === undefined) return null
  return (
    <div className={styles.waiting} role="status">
      <Text size="sm" className={textStyles.wrap}>
        Waiting to open {names.length === 1 ? quoted(first) : countOf(names.length, 'file')}
      </Text>
      <Button size="xs" variant="default" onClick={arrivals.discard}>
        Cancel
      </Button>
    </div>
  )
}
