import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core'
import { joinNames } from '#shared/logic/formatting'
import { messages } from '#shared/messages'
import type { StoreState } from '#shared/model/store'
import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import textStyles from '../../components/text.module.css'
import { Section } from './Section'

/** Where browsers on this computer look for certificates, and what stands in the way. */
export function CertificateStores() {
  const query = useAnswer('installs.stores', undefined)
  return (
    <Section
      title="Certificate stores on this computer"
      intro="Where your browsers look for certificates. Latchkey installs into these."
    >
      <Answered
        query={query}
        keepsData
        isEmpty={({ length }) => length === 0}
        empty={<Text>No certificate store was found on this computer.</Text>}
      >
        {(places) => (
          <Stack component="ul" gap="md" m={0} p={0}>
            {places.map((place) => (
              <StoreRow key={place.id} place={place} />
            ))}
          </Stack>
        )}
      </Answered>
      <Group>
        <Button variant="default" size="xs" loading={query.isFetching} onClick={() => void query.refetch()}>
          Refresh
        </Button>
      </Group>
    </Section>
  )
}

function StoreRow({ place }: { place: StoreState }) {
  const { word, color } = stateOf(place)
  return (
    <Stack component="li" gap={4} style={{ listStyle: 'none' }}>
      <Group gap="sm">
        <Text fw={600}>{place.name}</Text>
        <Badge color={color}>{word}</Badge>
      </Group>
      {place.readBy.length > 0 && (
        <Text size="sm" c="dimmed">
          Read by {joinNames(place.readBy)}.{!place.present && ' The first install creates it.'}
        </Text>
      )}
      {place.problem !== null && (
        <>
          <Text size="sm">
            {messages[place.problem.code].title} {messages[place.problem.code].why}
          </Text>
          <Code className={textStyles.wrap}>{place.problem.remedy}</Code>
        </>
      )}
    </Stack>
  )
}

function stateOf({ problem, writable }: StoreState): { word: string; color: string } {
  if (problem !== null) return { word: 'Needs attention', color: 'orange' }
  return writable ? { word: 'Ready', color: 'teal' } : { word: 'Read only', color: 'gray' }
}
