import { Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface EmptyProps {
  icon: ReactNode
  title: string
  children: ReactNode
  actions?: ReactNode
}

/** An empty screen says what to do next. */
export function EmptyScreen({ icon, title, children, actions }: EmptyProps) {
  return (
    <Stack align="center" justify="center" h="100%" gap="md" p="xl" ta="center">
      <ThemeIcon size={56} radius="xl" variant="light">
        {icon}
      </ThemeIcon>
      <Title order={1}>{title}</Title>
      <Text maw={460} c="dimmed" component="div">
        {children}
      </Text>
      {actions !== undefined && <Group justify="center">{actions}</Group>}
    </Stack>
  )
}
