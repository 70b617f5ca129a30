import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import layout from './layout.module.css'

/** A title, a sentence and one button. */
export function NextCard({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={layout.next} aria-label="What to do next">
      <Group justify="space-between" gap="md">
        <Stack gap={2} flex="1 1 260px">
          <Text fw={650}>{title}</Text>
          <Text size="sm" c="dimmed" component="div">
            {children}
          </Text>
        </Stack>
        {action}
      </Group>
    </section>
  )
}
