import { Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import { useAction, useAnswer } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { OpenModal } from '../../../components/OpenModal'
import { useNavigation } from '../../../navigation'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'

/** An issuer whose record is gone, from its sealed key and the certificate beside it. */
export function RebuildIssuer({ onClose }: { onClose(): void }) {
  const { go } = useNavigation()
  const { data: found } = useAnswer('vault.unrecorded', undefined)
  const [chosen, setChosen] = useState<string | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const rebuild = useAction('authorities.rebuild')
  const rebuildable = (found?.issuers ?? []).filter(({ name }) => name !== null)
  const issuer = rebuildable.find(({ id }) => id === chosen) ?? rebuildable[0]
  if (issuer === undefined) return null

  const submit = () =>
    rebuild.mutate(
      { authority: issuer.id, passphrase },
      {
        onSuccess: ({ id, name }) => {
          onClose()
          go({ screen: 'authorities', issuer: id, issuerView: 'overview' })
          notifications.show({
            color: 'teal',
            title: `${quoted(name)} is back, with its key.`,
            message: 'Import its last CRL before you write the next one.',
          })
        },
      },
    )

  return (
    <OpenModal onClose={onClose} title="Rebuild an issuer">
      <AskForm
        action="Rebuild"
        isReady={passphrase !== ''}
        isBusy={rebuild.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Text size="sm">
          Its key and its certificate are still in the vault. What it has signed and revoked is no longer known. If you
          have its last CRL, import that too. Otherwise the next CRL treats what it revoked as valid again.
        </Text>
        {rebuildable.length > 1 && (
          <Radio.Group label="Issuer" value={issuer.id} onChange={setChosen}>
            <Stack gap="xs" mt="xs">
              {rebuildable.map(({ id, name }) => (
                <Radio key={id} value={id} label={name} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <IssuerPassphrase
          issuer={issuer.name ?? issuer.id}
          value={passphrase}
          onChange={setPassphrase}
          error={rebuild.error}
          autoFocus
        />
        <SigningError error={rebuild.error} />
      </AskForm>
    </OpenModal>
  )
}
