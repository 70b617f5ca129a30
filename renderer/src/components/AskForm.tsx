import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

interface AskFormProps {
  /** The verb on the button. */
  action: string
  isReady: boolean
  isBusy?: boolean
  onSubmit(): void
  onCancel(): void
  children: ReactNode
}

/** Questions with their two buttons; sent by the button or by Enter, and only once it is ready. */
export function AskForm({ action, isReady, isBusy = false, onSubmit, onCancel, children }: AskFormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isBusy) onSubmit()
      }}
    >
      <Stack>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
