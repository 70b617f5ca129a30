import { Button, Stack, Text } from '@mantine/core'

/** A search or a filter that leaves no row, and the way back to all of them. */
export function NothingFound({ onClear }: { onClear(): void }) {
  return (
    <Stack align="center" gap="xs" p="md" flex={1}>
      <Text c="dimmed">No results</Text>
      <Button size="compact-sm" variant="default" onClick={onClear}>
        Show all
      </Button>
    </Stack>
  )
}
