import { Alert, Button, Group, Text } from '@mantine/core'
import { IconRubberStamp } from '@tabler/icons-react'
import { useAnswer } from '../../api'
import { useNavigation } from '../../navigation'

/** Offered only to somebody who has an issuer. */
export function OwnIssuer() {
  const { go } = useNavigation()
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const own = issuers?.find(({ hasKey, successor, isRoot }) => hasKey && successor === null && !isRoot)
  if (own === undefined) return null
  return (
    <Alert color="gray" icon={<IconRubberStamp aria-hidden />}>
      <Group justify="space-between">
        <Text size="sm">Your own issuer “{own.name}” can sign this request.</Text>
        <Button
          size="xs"
          variant="default"
          onClick={() => go({ screen: 'authorities', issuer: own.id, issuerView: 'issue', requests: [] })}
        >
          Sign it yourself
        </Button>
      </Group>
    </Alert>
  )
}
