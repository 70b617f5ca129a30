import { type ImportOutcome, useImport } from './import-context'
import { PasswordForm } from './PasswordForm'

/** Of several files one may stay closed; the others may be all that is needed. */
export function PasswordNeeded({ outcome }: { outcome: Extract<ImportOutcome, { kind: 'password-needed' }> }) {
  const { state, tryPassword, leaveClosed, close } = useImport()
  const { fileName, wrong } = outcome
  const isAlone = state.files.length === 1
  return (
    <PasswordForm
      fileName={fileName}
      wrong={wrong}
      cancel={isAlone ? 'Cancel' : 'Leave it closed'}
      onPassword={(text) => void tryPassword(text)}
      onCancel={() => (isAlone ? close() : void leaveClosed())}
    />
  )
}
