import { Button, CloseButton } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useAnswer } from '../api'
import { useNavigation } from '../navigation'
import styles from './ExpiringLine.module.css'
import { useNoticedAction } from './failure-notice'

/** A quiet reminder where there are keys and no backup, until it is dismissed. What expires comes first. */
export function BackupLine() {
  const { data: state } = useAnswer('backup.state', undefined)
  const { data: places } = useAnswer('expiring.places', undefined)
  const { go } = useNavigation()
  const dismiss = useNoticedAction('backup.dismissReminder', 'The reminder was not dismissed.')
  if (state?.remind !== true || places === undefined || places.certificates !== null) return null
  return (
    <div className={styles.line} data-color="gray" role="status">
      <IconArchive size={18} aria-hidden />
      <span className={styles.words}>Your keys have no backup</span>
      <Button size="compact-xs" variant="default" onClick={() => go({ screen: 'settings', section: 'backup' })}>
        Back up
      </Button>
      <CloseButton size="sm" aria-label="Dismiss the reminder" onClick={() => dismiss.mutate(undefined)} />
    </div>
  )
}
