import { Button, Group, Loader, Text } from '@mantine/core'
import textStyles from '../components/text.module.css'

/** What is being read, and a button that cancels it: the iterations of a key derivation can take long. */
export function ReadingProgress({ what, onCancel }: { what: string; onCancel(): void }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Group role="status" wrap="nowrap">
        <Loader size="sm" aria-hidden />
        <Text className={textStyles.wrap}>Reading {what}…</Text>
      </Group>
      <Button variant="default" data-autofocus onClick={onCancel}>
        Cancel
      </Button>
    </Group>
  )
}
