import { Anchor, Checkbox, PasswordInput, Stack, Text } from '@mantine/core'
import { useAction } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import type { WriteToken } from './write-token'

interface WriteTokenProps {
  writeToken: WriteToken
  /** What it is asked for. A test needs one permission alone. */
  use?: 'plan' | 'test'
}

const purposes = {
  plan: { needs: '', once: 'Used for this plan only. ' },
  test: { needs: 'Needs the permission “Notifications Write”. ', once: 'Used for this test only. ' },
}

/** Asks for the token that writes. It is forgotten after use, unless the administrator wants to make further changes with it. */
export function WriteTokenField({ writeToken, use = 'plan' }: WriteTokenProps) {
  const { typed, keepToken, isKept, isPractice, type, keep } = writeToken
  const { needs, once } = purposes[use]
  if (isPractice) return null
  if (isKept) return <KeptToken />
  return (
    <Stack gap={6}>
      <PasswordInput
        label="Write token"
        description={`${needs}${keepToken ? '' : once}Not stored.`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        required
        withAsterisk={false}
        value={typed}
        maxLength={1000}
        autoComplete="off"
        onChange={(event) => type(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label="Use it for further changes until Latchkey is quit or locked"
        checked={keepToken}
        onChange={(event) => keep(event.currentTarget.checked)}
      />
    </Stack>
  )
}

function KeptToken() {
  const forget = useAction('cloudflare.forgetWriteToken')
  return (
    <Stack gap={2} align="flex-start">
      <Text size="sm">The write token that you gave before is used.</Text>
      <Anchor component="button" type="button" size="sm" onClick={() => forget.mutate(undefined)}>
        Forget it
      </Anchor>
      {forget.error !== null && <ErrorNotice error={forget.error} />}
    </Stack>
  )
}
