import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import { call, useAction } from '../../../api'
import { ConfirmModal } from '../../../components/ConfirmModal'
import { DialogButtons } from '../../../components/DialogButtons'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import { ChooseFiles } from '../../../import/ChooseFiles'

type Question = 'give' | 'absent'

/** An issuer that came out of a backup signs nothing before its last list is known, or known to be missing. */
export function LastCrlNotice({ issuer }: { issuer: AuthoritySummary }) {
  const [asked, setAsked] = useState<Question | null>(null)
  const close = () => setAsked(null)
  return (
    <Alert
      color="orange"
      mb="md"
      icon={<IconArchive aria-hidden />}
      title="Add the last revocation list before this issuer signs"
    >
      <Stack gap="sm">
        <Text size="sm">
          It was restored from a backup. If it published a list (CRL) after that, add it here, so that what it revoked
          stays revoked and the numbers continue.
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="light" onClick={() => setAsked('give')}>
            Add the list…
          </Button>
          <Button size="xs" variant="default" onClick={() => setAsked('absent')}>
            There is no newer list…
          </Button>
        </Group>
      </Stack>
      {asked === 'give' && <GiveLastCrl issuer={issuer} onClose={close} />}
      <ConfirmModal
        title="Continue without its last list?"
        action="Continue without it"
        opened={asked === 'absent'}
        onClose={close}
        onConfirm={() => call('authorities.settleLastCrl', { authority: issuer.id, sources: null })}
      >
        <Text size="sm">
          Certificates that were revoked after the backup count as valid again, unless you revoke them once more. The
          next list gets a number that leaves room for lists that are not known here.
        </Text>
      </ConfirmModal>
    </Alert>
  )
}

function GiveLastCrl({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const settle = useAction('authorities.settleLastCrl')
  return (
    <OpenModal title={`Last revocation list of ${quoted(issuer.name)}`} onClose={onClose}>
      <Stack>
        <Text size="sm">The last one that was published: from its web address, or from wherever you uploaded it.</Text>
        <ChooseFiles
          label="Choose the list"
          hint="Or drop it here"
          accept=".crl,.pem,.der"
          onFiles={(sources) => settle.mutate({ authority: issuer.id, sources }, { onSuccess: onClose })}
        />
        {settle.error !== null && <ErrorNotice error={settle.error} />}
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </DialogButtons>
      </Stack>
    </OpenModal>
  )
}
