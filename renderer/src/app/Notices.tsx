import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'

/** What was done, said for a moment in the corner. */
export function Notices() {
  return <Notifications position="bottom-right" autoClose={4000} />
}
