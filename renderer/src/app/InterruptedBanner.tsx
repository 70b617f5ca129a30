import { Alert, Anchor, Text } from '@mantine/core'
import { IconProgressAlert } from '@tabler/icons-react'
import { interruptedCount } from '#shared/logic/interrupted-words'
import { useAnswer } from '../api'
import { useNavigation } from '../navigation'

/** On every screen until they are dealt with, since something may be left in a certificate store. */
export function InterruptedBanner() {
  const { data: found } = useAnswer('interrupted.list', undefined)
  const { screen, go } = useNavigation()
  if (found === undefined || screen === 'settings') return null
  const { notRun, waiting } = found
  if (notRun + waiting === 0) return null
  return (
    <Alert
      color="orange"
      radius={0}
      icon={<IconProgressAlert aria-hidden />}
      title={interruptedCount(notRun, waiting)}
      role="status"
    >
      <Text size="sm">
        {notRun > 0
          ? 'Latchkey runs only changes that it can prove to be its own.'
          : 'Latchkey does so by itself, once nothing is in the way.'}{' '}
        <Anchor component="button" type="button" onClick={() => go({ screen: 'settings' })}>
          Show details
        </Anchor>
      </Text>
    </Alert>
  )
}
