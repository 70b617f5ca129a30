import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'

/** Short notices of what was done, in the corner away from the buttons, which are on the right. */
export function Notices() {
  return <Notifications position="bottom-left" containerWidth={320} autoClose={4000} />
}
