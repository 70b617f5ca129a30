import { Alert, Button, Group, Text } from '@mantine/core'
import { IconRubberStamp } from '@tabler/icons-react'
import { isCurrent } from '#shared/logic/issuers'
import { useAnswer } from '../../api'
import { useNavigation } from '../../navigation'

/** Offered only to somebody who has an issuer. */
export function OwnIssuer() {
  const { go } = useNavigation()
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const own = issuers?.find((issuer) => isCurrent(issuer) && (!issuer.isRoot || issuer.signer !== null))
  if (own === undefined) return null
  return (
    <Alert color="gray" icon={<IconRubberStamp aria-hidden />}>
      <Group justify="space-between">
        <Text size="sm">Your own issuer “{own.name}” can sign this request.</Text>
        <Button
          size="xs"
          variant="default"
          onClick={() => go({ screen: 'authorities', issuer: own.id, issuerView: 'issue', requests: null })}
        >
          Sign it yourself
        </Button>
      </Group>
    </Alert>
  )
}
