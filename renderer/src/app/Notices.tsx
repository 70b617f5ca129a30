import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'

/** What was done, said for a moment in the corner where nothing is pressed next: the buttons it speaks of are on the right. */
export function Notices() {
  return <Notifications position="bottom-left" containerWidth={320} autoClose={4000} />
}
