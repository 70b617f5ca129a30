import { Group, Text } from '@mantine/core'
import { IconBuildingBank, IconNetwork, IconUser } from '@tabler/icons-react'
import type { Who } from '#shared/model/probe'

const people: Record<Who, { words: string; icon: typeof IconUser }> = {
  you: { words: 'You, on this computer', icon: IconUser },
  administrator: { words: 'The administrator', icon: IconBuildingBank },
  network: { words: 'Whoever runs the network', icon: IconNetwork },
}

/** Above what is to be done: whose turn it is. */
export function WhoActs({ who }: { who: Who }) {
  const { words, icon: Icon } = people[who]
  return (
    <Group gap={6} mt={4} mb="sm" wrap="nowrap">
      <Icon size={17} aria-hidden />
      <Text size="sm" fw={600}>
        {words}
      </Text>
    </Group>
  )
}
