import { List, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { OpenModal } from '../../../components/OpenModal'
import { isChosen, NewPassphrase, nothingTyped } from '../../../vault/NewPassphrase'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'

/** One encrypted file that can be imported elsewhere. */
export function ExportIssuer({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const [passphrase, setPassphrase] = useState('')
  const [typed, setTyped] = useState(nothingTyped)
  const save = useAction('authorities.export')

  const submit = () =>
    save.mutate(
      { authority: issuer.id, passphrase, password: typed.first },
      {
        onSuccess: ({ name }) => {
          if (name === null) return
          onClose()
          const message = 'Keep its passphrase apart from the file.'
          notifications.show({ color: 'teal', title: `Saved as ${name}.`, message })
        },
      },
    )

  return (
    <OpenModal onClose={onClose} title={`Export ${quoted(issuer.name)}`}>
      <AskForm
        action="Export…"
        isReady={passphrase !== '' && isChosen(typed)}
        isBusy={save.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Text size="sm">One encrypted PKCS#12 file (AES-256) that Latchkey and openssl can read. It contains:</Text>
        <List size="sm">
          <List.Item>the private key and the certificate;</List.Item>
          <List.Item>the certificates of the issuers above it;</List.Item>
          <List.Item>
            {issuer.crl === null
              ? 'no revocation list, because none was written yet.'
              : 'its last revocation list, so that numbers and revocations continue after an import.'}
          </List.Item>
        </List>
        {issuer.crlDue === 'now' && (
          <Text size="sm" c="var(--mantine-color-error)">
            A new revocation list is due. Write it first, or the latest revocations are missing from the file.
          </Text>
        )}
        <Text size="sm" c="dimmed">
          The list of issued certificates is not in it.
        </Text>
        <IssuerPassphrase
          issuer={issuer.name}
          value={passphrase}
          onChange={setPassphrase}
          error={save.error}
          autoFocus
        />
        <NewPassphrase label="Passphrase for the file" typed={typed} onChange={setTyped} />
        <SigningError error={save.error} />
      </AskForm>
    </OpenModal>
  )
}
