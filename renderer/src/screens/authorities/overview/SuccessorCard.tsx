import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { expirySentence } from '#shared/logic/expiry'
import { formatDate } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAnswer } from '../../../api'
import layout from '../../../components/layout.module.css'
import textStyles from '../../../components/text.module.css'
import { useNavigation } from '../../../navigation'

interface SuccessorProps {
  issuer: AuthoritySummary
  now: Date
  onReplace(): void
}

/** When an issuer expires, and its successor. */
export function SuccessorCard({ issuer, now, onReplace }: SuccessorProps) {
  const { go } = useNavigation()
  const { data: all } = useAnswer('authorities.list', undefined)
  const successor = all?.find(({ id }) => id === issuer.successor) ?? null
  return (
    <section className={layout.card} aria-label="Successor">
      <Stack gap="sm">
        <Title order={3}>Successor</Title>
        <Text size="sm">{expirySentence(issuer.notBefore, issuer.notAfter, now)}.</Text>
        {successor === null ? (
          <Text size="sm" c="dimmed">
            A successor has the same name, a new key and a new lifetime. Both are valid for a while, so nobody is locked
            out in between.
          </Text>
        ) : (
          <Text size="sm" c="dimmed" className={textStyles.wrap}>
            {quoted(successor.name)}, valid from {formatDate(successor.notBefore)}, has taken over. Leave both at Access
            until the last certificate of this one has expired or been replaced.
          </Text>
        )}
        <Group gap="xs">
          {successor === null ? (
            <Button size="xs" variant="default" disabled={!issuer.hasKey} onClick={onReplace}>
              Create a successor
            </Button>
          ) : (
            <Button
              size="xs"
              variant="light"
              onClick={() => go({ screen: 'authorities', issuer: successor.id, issuerView: 'overview' })}
            >
              Go to the successor
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  )
}
