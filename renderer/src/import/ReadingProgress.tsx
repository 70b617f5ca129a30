import { Button, Group, Loader, Text } from '@mantine/core'
import textStyles from '../components/text.module.css'

/** Opening a file takes as long as its maker wished: what is being read, and a way out of it. */
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
