import { Button, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { DialogButtons } from '../components/DialogButtons'
import { ErrorNotice } from '../components/ErrorNotice'
import { SubmitButton, whenReady } from '../components/SubmitButton'
import { isChosen, NewPassphrase, nothingTyped } from './NewPassphrase'

interface ChooseProps {
  action: string
  label?: string
  /** What else has to be typed first, and whether it was. */
  before?: { field: ReactNode; isReady: boolean }
  busy: boolean
  error: unknown
  onChosen(passphrase: string): void
  /** Only where it is shown in a dialog. */
  onCancel?(): void
  /** What it is for, above its fields: the buttons of a dialog stay in sight of it. */
  children?: ReactNode
}

export function ChoosePassphrase({
  action,
  label = 'Passphrase',
  before,
  busy,
  error,
  onChosen,
  onCancel,
  children,
}: ChooseProps) {
  const [typed, setTyped] = useState(nothingTyped)
  const isReady = isChosen(typed) && (before?.isReady ?? true)
  return (
    <form noValidate onSubmit={whenReady(isReady, () => onChosen(typed.first))}>
      <Stack>
        {children}
        {before?.field}
        <NewPassphrase label={label} typed={typed} onChange={setTyped} />
        <Text size="sm" c="dimmed">
          Nobody can reset it for you. Write it down and keep it in a safe place.
        </Text>
        {error !== null && <ErrorNotice error={error} />}
        <DialogButtons>
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <SubmitButton isReady={isReady} loading={busy}>
            {action}
          </SubmitButton>
        </DialogButtons>
      </Stack>
    </form>
  )
}
