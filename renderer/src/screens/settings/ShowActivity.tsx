import { Button, Group } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import { useNavigation } from '../../navigation'
import { Section } from './Section'

/** What Latchkey has done is a screen of its own, which the side bar does not have. */
export function ShowActivity() {
  const { go } = useNavigation()
  return (
    <Section title="Activity" intro="Everything that Latchkey has changed on this computer, and when.">
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconActivity size={16} aria-hidden />}
          onClick={() => go({ screen: 'activity' })}
        >
          Show activity
        </Button>
      </Group>
    </Section>
  )
}
