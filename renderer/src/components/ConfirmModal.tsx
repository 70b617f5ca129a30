import { Button, Checkbox, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTask } from '../api'
import { DialogButtons } from './DialogButtons'
import { ErrorNotice } from './ErrorNotice'
import { OpenModal } from './OpenModal'
import { SubmitButton, whenReady } from './SubmitButton'

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
  const confirm = useTask(onConfirm)
  const submit = () => !confirm.isPending && confirm.mutate(undefined, { onSuccess: onClose })
  return (
    <form noValidate onSubmit={whenReady(ticked, submit)}>
      <Stack>
        {children}
        {understood !== undefined && (
          <Checkbox label={understood} checked={ticked} onChange={(event) => setTicked(event.currentTarget.checked)} />
        )}
        {confirm.error !== null && <ErrorNotice error={confirm.error} />}
        <DialogButtons>
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <SubmitButton color="red" loading={confirm.isPending} isReady={ticked}>
            {action}
          </SubmitButton>
        </DialogButtons>
      </Stack>
    </form>
  )
}
