import { Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import layout from '../../components/layout.module.css'

/** One titled block of settings. */
export function Section({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={layout.card} aria-labelledby={id}>
      <Stack gap="md">
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {intro !== undefined && (
            <Text size="sm" c="dimmed">
              {intro}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </section>
  )
}
