import { Alert, Anchor, Text } from '@mantine/core'
import { IconKeyOff } from '@tabler/icons-react'
import { messages } from '#shared/messages'
import { useAnswer } from '../api'
import { useNavigation } from '../navigation'

/** Told plainly and on every screen, until it is dealt with in Settings. */
export function KeyLostBanner() {
  const { data: vault } = useAnswer('vault.state', undefined)
  const { screen, go } = useNavigation()
  if (vault?.state !== 'key-lost' || screen === 'settings') return null
  const { title, explanation } = messages['vault-key-lost']
  return (
    <Alert color="orange" radius={0} icon={<IconKeyOff aria-hidden />} title={title} role="alert">
      <Text size="sm">
        {explanation}{' '}
        <Anchor component="button" type="button" onClick={() => go({ screen: 'settings' })}>
          See what can be done
        </Anchor>
      </Text>
    </Alert>
  )
}
