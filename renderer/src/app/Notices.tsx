import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'
import { useNarrow } from '../components/use-narrow'

/** Short notices of what was done, away from the buttons: those are on the right, and in a narrow window all along the foot. */
export function Notices() {
  const isNarrow = useNarrow()
  return <Notifications position={isNarrow ? 'top-center' : 'bottom-left'} containerWidth={320} autoClose={4000} />
}
