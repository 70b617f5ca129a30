import { Badge, Group, Stack, Text, Title } from '@mantine/core'
import { joinNames } from '#shared/logic/formatting'
import type { StoredCertificate } from '#shared/model/stored'
import layout from '../../../components/layout.module.css'

/** Where it is, whether its key is beside it, and which browsers see it there. */
export function StoredPlaces({ stored }: { stored: StoredCertificate }) {
  return (
    <section className={layout.card} aria-label="On this computer">
      <Title order={3} mb="sm">
        On this computer
      </Title>
      <Stack gap="sm">
        {stored.places.map(({ store, name, readBy, keyPresent }) => (
          <div key={store} data-store={store}>
            <Group gap={6}>
              <Text fw={600}>{name}</Text>
              {keyPresent ? <Badge color="teal">Key present</Badge> : <Badge color="orange">Key not seen</Badge>}
            </Group>
            <Text size="xs" c="dimmed">
              {readBy.length === 0 ? 'Read by no browser' : `Read by ${joinNames(readBy)}`}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  )
}
