import { Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import layout from '../../components/layout.module.css'
import { useNavigation, usePlace } from '../../navigation'

interface SectionProps {
  title: string
  intro?: string
  /** The name by which the menu and the palette lead here. */
  place?: 'about' | 'backup' | 'command-tool'
  children: ReactNode
}

/** One titled block of settings. */
export function Section({ title, intro, place, children }: SectionProps) {
  const id = useId()
  const block = useRef<HTMLElement>(null)
  const { section: wanted } = usePlace('settings')
  const { go } = useNavigation()
  useEffect(() => {
    if (wanted === null || wanted !== place) return
    block.current?.scrollIntoView()
    block.current?.focus()
    // Once: whoever comes back later finds the top.
    go({ screen: 'settings', section: null })
  }, [wanted, place, go])
  return (
    <section
      ref={block}
      className={layout.card}
      aria-labelledby={id}
      {...(place === undefined ? {} : { tabIndex: -1 })}
    >
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
