import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import { messages } from '#shared/messages'
import { DialogButtons } from '../components/DialogButtons'
import textStyles from '../components/text.module.css'
import { type ImportOutcome, useImport } from './import-context'

interface Props {
  fileName: string
  wrong: boolean
  onPassword(password: string): void
  cancel?: string
  onCancel(): void
}

/** The password that the maker of a file chose. */
export function PasswordForm({ fileName, wrong, cancel = 'Cancel', onPassword, onCancel }: Props) {
  const [password, setPassword] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const words = messages['wrong-password']
  // The question often comes when the window has long been open.
  useEffect(() => input.current?.focus(), [])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onPassword(password)
      }}
    >
      <Stack>
        <Text className={textStyles.wrap}>
          Whoever made {quoted(fileName)} chose a password for it. Enter it, or ask for it.
        </Text>
        <PasswordInput
          label="Password of the file"
          ref={input}
          maxLength={1024}
          value={password}
          autoComplete="off"
          error={wrong ? `${words.title} ${words.remedy}` : null}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <DialogButtons>
          <Button variant="default" onClick={onCancel}>
            {cancel}
          </Button>
          <Button type="submit">Open</Button>
        </DialogButtons>
      </Stack>
    </form>
  )
}

/** Of several files one may stay closed; the others may be all that is needed. */
export function PasswordQuestion({ outcome }: { outcome: Extract<ImportOutcome, { kind: 'password-needed' }> }) {
  const { state, tryPassword, leaveClosed, close } = useImport()
  const { fileName, wrong } = outcome
  const isAlone = state.files.length === 1
  return (
    <PasswordForm
      fileName={fileName}
      wrong={wrong}
      cancel={isAlone ? 'Cancel' : 'Skip this file'}
      onPassword={(text) => void tryPassword(text)}
      onCancel={() => (isAlone ? close() : void leaveClosed())}
    />
  )
}
