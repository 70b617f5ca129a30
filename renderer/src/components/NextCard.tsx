import { Group, Stack, Text } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { withIsolatedNames } from '#shared/logic/isolate'
import layout from './layout.module.css'

interface NextCardProps {
  title: string
  /** Of something that expires: orange, red on its last day. */
  tone?: 'orange' | 'red'
  action?: ReactNode
  children: ReactNode
}

/** A title, a sentence and one button. */
export function NextCard({ title, tone, action, children }: NextCardProps) {
  return (
    <section className={layout.next} data-tone={tone} aria-label="What to do next">
      <Group justify="space-between" gap="md">
        {tone !== undefined && <IconClockExclamation size={20} aria-hidden />}
        <Stack gap={2} flex="1 1 260px">
          <Text fw={650}>{withIsolatedNames(title)}</Text>
          <Text size="sm" c="dimmed" component="div">
            {children}
          </Text>
        </Stack>
        {action}
      </Group>
    </section>
  )
}
