import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { showFailure } from './failure-notice'

/** Says what was removed, and takes it back for whoever did not mean it. Only for what comes back whole. */
export function offerUndo(title: string, undo: () => Promise<unknown>): void {
  async function takeBack(id: string) {
    notifications.hide(id)
    try {
      await undo()
    } catch (error) {
      showFailure('It could not be restored.', error)
    }
  }
  const id = notifications.show({
    title,
    message: (
      <Group mt={6}>
        <Button size="compact-sm" variant="default" onClick={() => void takeBack(id)}>
          Undo
        </Button>
      </Group>
    ),
    autoClose: 10_000,
  })
}
