import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { IconKeyOff } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import { messages } from '#shared/messages'
import type { VaultState } from '#shared/model/vault'
import { call } from '../../api'
import { ConfirmModal } from '../../components/ConfirmModal'
import { EnterPassphrase } from '../../vault/Unlock'

/** What a reset keyring means, what can still be done, and what cannot. */
export function KeyLost({ vault }: { vault: VaultState }) {
  const [isAsking, setAsking] = useState(false)
  const { title, why } = messages['vault-key-lost']
  const keys = countOf(vault.sealedFiles, 'private key')
  return (
    <Stack>
      <Alert color="orange" icon={<IconKeyOff aria-hidden />} title={title}>
        <Text size="sm">{why}</Text>
      </Alert>
      <Title order={3}>What can be done</Title>
      {vault.hasPassphrase ? (
        <>
          <Text size="sm">
            You set a recovery passphrase. It opens all your keys again and puts the master key back into the keyring.
          </Text>
          <EnterPassphrase label="Recovery passphrase" />
        </>
      ) : (
        <List size="sm">
          <List.Item>
            Restore your keyring from a backup and start Latchkey again: everything opens as before.
          </List.Item>
          <List.Item>Certificates that are installed on this computer keep working in your browsers.</List.Item>
          <List.Item>
            There was no recovery passphrase, so without the keyring the {keys} here cannot be opened.
          </List.Item>
        </List>
      )}
      <Group>
        <Button color="red" variant="light" onClick={() => setAsking(true)}>
          Start with an empty vault
        </Button>
      </Group>
      <ConfirmModal
        title="Start with an empty vault?"
        action="Start with an empty vault"
        understood={`I understand that Latchkey can no longer use the ${keys}.`}
        opened={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => call('vault.startAfresh', { confirm: 'start afresh' })}
      >
        <Text size="sm">
          Latchkey creates a new master key. The sealed files are set aside, not deleted, so a keyring that is restored
          later can still open them. Certificates, requests and reports stay. To renew a certificate you need a new
          request.
        </Text>
      </ConfirmModal>
    </Stack>
  )
}
