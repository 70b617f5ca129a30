import { Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './EmptyScreen.module.css'

interface EmptyProps {
  icon: ReactNode
  title: string
  children: ReactNode
  actions?: ReactNode
}

/** An empty screen says what to do next. */
export function EmptyScreen({ icon, title, children, actions }: EmptyProps) {
  return (
    <div className={styles.screen}>
      <Stack align="center" gap="md" ta="center" className={styles.body}>
        <ThemeIcon size={56} radius="xl" variant="light" className={styles.icon}>
          {icon}
        </ThemeIcon>
        <Title order={1}>{title}</Title>
        <Text maw={460} c="dimmed" component="div">
          {children}
        </Text>
        {actions !== undefined && (
          <Group justify="center" w="100%">
            {actions}
          </Group>
        )}
      </Stack>
    </div>
  )
}
