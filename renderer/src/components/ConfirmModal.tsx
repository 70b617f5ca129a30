import { Button, Checkbox, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { DialogButtons } from './DialogButtons'
import { ErrorNotice } from './ErrorNotice'
import { OpenModal } from './OpenModal'

interface ConfirmProps {
  title: string
  /** The verb on the button: "Delete", "Trust the issuer". */
  action: string
  opened: boolean
  onClose(): void
  onConfirm(): Promise<unknown>
  /** Has to be ticked first, where what follows cannot be taken back. */
  understood?: string
  children: ReactNode
}

/** Asks before something is destroyed, and says what will be lost. */
export function ConfirmModal(props: ConfirmProps) {
  if (!props.opened) return null
  return (
    <OpenModal onClose={props.onClose} title={props.title}>
      <ConfirmBody {...props} />
    </OpenModal>
  )
}

function ConfirmBody({ action, onClose, onConfirm, understood, children }: ConfirmProps) {
  const [ticked, setTicked] = useState(understood === undefined)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  async function confirm() {
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Stack>
      {children}
      {understood !== undefined && (
        <Checkbox label={understood} checked={ticked} onChange={(event) => setTicked(event.currentTarget.checked)} />
      )}
      {error !== null && <ErrorNotice error={error} />}
      <DialogButtons>
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={busy} disabled={!ticked} onClick={() => void confirm()}>
          {action}
        </Button>
      </DialogButtons>
    </Stack>
  )
}
