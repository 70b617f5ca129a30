import { type ImportOutcome, useImport } from './import-context'
import { PasswordForm } from './PasswordForm'

export function PasswordNeeded({ outcome }: { outcome: Extract<ImportOutcome, { kind: 'password-needed' }> }) {
  const { tryPassword, close } = useImport()
  const { fileName, wrong } = outcome
  return (
    <PasswordForm fileName={fileName} wrong={wrong} onPassword={(text) => void tryPassword(text)} onCancel={close} />
  )
}
