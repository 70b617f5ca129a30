import { Button, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { DialogButtons } from './DialogButtons'
import { SubmitButton, whenReady } from './SubmitButton'

interface AskFormProps {
  /** The verb on the button. */
  action: string
  isReady: boolean
  isBusy?: boolean
  onSubmit(): void
  onCancel(): void
  children: ReactNode
}

/** Questions with their two buttons; sent by the button or by Enter. Until it is ready, either leads to what is missing. */
export function AskForm({ action, isReady, isBusy = false, onSubmit, onCancel, children }: AskFormProps) {
  return (
    <form noValidate onSubmit={whenReady(isReady, () => !isBusy && onSubmit())}>
      <Stack>
        {children}
        <DialogButtons>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <SubmitButton isReady={isReady} loading={isBusy}>
            {action}
          </SubmitButton>
        </DialogButtons>
      </Stack>
    </form>
  )
}
