import { Button, Checkbox, Code, List, PasswordInput, Text, TextInput } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useState } from 'react'
import { readPermissionNames } from '#shared/logic/access/permission-names'
import { call, hasCode } from '../../api'
import { AskForm } from '../../components/AskForm'
import { ErrorNotice } from '../../components/ErrorNotice'
import { useNoticedAction } from '../../components/failure-notice'
import { JobProgress, useJob } from '../../components/JobProgress'
import { OpenModal } from '../../components/OpenModal'

/** Takes a token that may read. It goes to the main process and never comes back. */
export function Connect({ onClose }: { onClose(): void }) {
  const [token, setToken] = useState('')
  const [account, setAccount] = useState('')
  const [isKept, setKept] = useState(true)
  const { job, error, run } = useJob()
  const isUnclear = hasCode(error, 'cloudflare-account-unclear')

  async function connect() {
    const chosen = account.trim() === '' ? null : account.trim()
    const given = { token: token.trim(), account: chosen, keep: isKept }
    const connected = await run((id) => call('cloudflare.connect', { ...given, job: id }))
    if (connected !== null) onClose()
  }

  return (
    <OpenModal onClose={onClose} title="Connect to Cloudflare" size="lg" closeOnClickOutside={false}>
      {job !== null && <JobProgress job={job} phase="Reading the account" />}
      {job === null && (
        <AskForm
          action="Connect"
          isReady={token.trim() !== '' && (!isUnclear || account.trim() !== '')}
          onSubmit={() => void connect()}
          onCancel={onClose}
        >
          <Text size="sm">
            Create an API token with these permissions in Cloudflare’s dashboard, and paste it here.
          </Text>
          <List size="sm" spacing={2}>
            {readPermissionNames.map(({ name, isNeeded }) => (
              <List.Item key={name}>
                <Code>{name}</Code>
                {isNeeded ? '' : ' (to see more)'}
              </List.Item>
            ))}
          </List>
          <TokenPageButton />
          <PasswordInput
            label="API token"
            description="Global API keys are refused, because they can do anything."
            value={token}
            maxLength={1000}
            autoComplete="off"
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          {isUnclear && (
            <TextInput
              label="Account"
              description="Its ID or exact name: the token can see several accounts, or does not say which."
              value={account}
              maxLength={200}
              onChange={(event) => setAccount(event.currentTarget.value)}
            />
          )}
          <Checkbox
            label="Store it with my keys"
            description="Otherwise it is forgotten when Latchkey closes or the keys are locked."
            checked={isKept}
            onChange={(event) => setKept(event.currentTarget.checked)}
          />
          {error !== null && <ErrorNotice error={error} />}
        </AskForm>
      )}
    </OpenModal>
  )
}

/** Opened by the main process, in the person's own browser. */
function TokenPageButton() {
  const open = useNoticedAction('app.openLink', 'The page was not opened.')
  return (
    <Button
      variant="default"
      size="xs"
      style={{ alignSelf: 'flex-start' }}
      leftSection={<IconExternalLink size={16} aria-hidden />}
      onClick={() => open.mutate({ link: 'cloudflare-tokens' })}
    >
      Open Cloudflare’s token page
    </Button>
  )
}
