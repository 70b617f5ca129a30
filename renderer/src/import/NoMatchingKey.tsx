import { Button, List, Stack, Text } from '@mantine/core'
import { certificateName, issuerName } from '#shared/logic/naming'
import { DialogButtons } from '../components/DialogButtons'
import { Facts } from '../components/Facts'
import textStyles from '../components/text.module.css'
import { type ImportOutcome, useImport } from './import-context'
import { UnreadableParts } from './UnreadableParts'

export function NoMatchingKey({ outcome }: { outcome: Extract<ImportOutcome, { kind: 'no-matching-key' }> }) {
  const { choose, close } = useImport()
  const { certificate, waiting, unread } = outcome
  return (
    <Stack>
      <Text>None of your keys matches it, so it cannot be used here. Nothing was changed.</Text>
      <Facts
        facts={[
          ['Name', certificateName(certificate)],
          ['Issued by', issuerName(certificate)],
          [
            'Its key code',
            <span key="code" className={textStyles.mono}>
              {certificate.keyCode}
            </span>,
          ],
        ]}
      />
      {waiting.length === 0 ? (
        <Text>No request of yours is waiting for a certificate.</Text>
      ) : (
        <div>
          <Text fw={600}>Still waiting for their certificate:</Text>
          <List>
            {waiting.map(({ id, name, keyCode }) => (
              <List.Item key={id}>
                {name} <span className={textStyles.mono}>{keyCode}</span>
              </List.Item>
            ))}
          </List>
        </div>
      )}
      <UnreadableParts failures={unread} />
      <Text>If you have the private key in a file, add it now: choose it, or drop it anywhere.</Text>
      <DialogButtons>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button data-autofocus onClick={() => void choose()}>
          Add the key file
        </Button>
      </DialogButtons>
    </Stack>
  )
}
