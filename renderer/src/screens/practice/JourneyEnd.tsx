import { Button, Group, Text, Title } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import layout from '../../components/layout.module.css'
import { useNavigation } from '../../navigation'
import type { Subject } from './run-step'
import { useFocusAtFirst } from './use-focus-at-first'

interface JourneyEndProps {
  /** Null once it was cleaned up. */
  subject: Subject | null
  takesFocus: boolean
}

/** Where to go once the journey is complete: to the certificate that is left, and to the site it was practised for. */
export function JourneyEnd({ subject, takesFocus }: JourneyEndProps) {
  const { go } = useNavigation()
  const button = useFocusAtFirst(takesFocus)
  return (
    <section className={layout.next} aria-labelledby="practice-end" data-journey-end>
      <Title order={2} id="practice-end">
        That was the whole journey
      </Title>
      <Text size="sm" c="dimmed" mt={2} mb="sm">
        {subject !== null &&
          'Your practice certificate stays until you clean up. Look at it, or change the rule and test again. '}
        With your own site the steps are the same, but its administrator signs your request.
      </Text>
      <Group gap="xs">
        <Button
          ref={button}
          rightSection={<IconArrowRight size={17} aria-hidden />}
          onClick={() => go({ screen: 'site-check' })}
        >
          Now your real site
        </Button>
        {subject !== null && (
          <Button variant="default" onClick={() => go({ screen: 'certificates', identity: subject.identity })}>
            Look at the certificate
          </Button>
        )}
      </Group>
    </section>
  )
}
