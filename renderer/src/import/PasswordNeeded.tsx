import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { messages } from '#shared/messages'
import { type ImportOutcome, useImport } from './import-context'

export function PasswordNeeded({ outcome }: { outcome: Extract<ImportOutcome, { kind: 'password-needed' }> }) {
  const { tryPassword, close } = useImport()
  const [password, setPassword] = useState('')
  const wrong = messages['wrong-password']
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void tryPassword(password)
      }}
    >
      <Stack>
        <Text className="wrap">
          Whoever made “{outcome.fileName}” chose a password for it. Enter it, or ask for it.
        </Text>
        <PasswordInput
          label="Password of the file"
          data-autofocus
          maxLength={1024}
          value={password}
          autoComplete="off"
          error={outcome.wrong ? `${wrong.title} ${wrong.remedy}` : null}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit">Open</Button>
        </Group>
      </Stack>
    </form>
  )
}
