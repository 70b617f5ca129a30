import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { OpenModal } from '../../../components/OpenModal'
import { isChosen, NewPassphrase, nothingTyped } from '../../../vault/NewPassphrase'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'

export function ChangePassphrase({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const [current, setCurrent] = useState('')
  const [typed, setTyped] = useState(nothingTyped)
  const change = useAction('authorities.setPassphrase')
  const isReady = current !== '' && isChosen(typed)

  const submit = () =>
    change.mutate(
      { authority: issuer.id, current, passphrase: typed.first },
      {
        onSuccess: () => {
          onClose()
          notifications.show({
            color: 'teal',
            title: 'The passphrase is changed.',
            message: 'Keep it in a safe place.',
          })
        },
      },
    )

  return (
    <OpenModal onClose={onClose} title="Change the passphrase">
      <AskForm
        action="Change the passphrase"
        isReady={isReady}
        isBusy={change.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <IssuerPassphrase issuer={issuer.name} value={current} onChange={setCurrent} error={change.error} autoFocus />
        <NewPassphrase label="New passphrase" typed={typed} onChange={setTyped} />
        <Text size="sm" c="dimmed">
          Nobody can reset it for you. Certificates that were issued stay as they are.
        </Text>
        <SigningError error={change.error} />
      </AskForm>
    </OpenModal>
  )
}
