import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { formatDate } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { useAction, useAnswer } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { OpenModal } from '../../../components/OpenModal'
import { useNow } from '../../../components/use-now'
import { DaysField } from '../fields/DaysField'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'
import { daysWithin, defaultDays, isLifetime } from '../fields/lifetime'

interface RenewProps {
  row: IssuedCertificate
  issuer: AuthoritySummary
  onClose(): void
  onRenewed(next: IssuedCertificate): void
}

export function Renew({ row, issuer, onClose, onRenewed }: RenewProps) {
  const now = useNow()
  const { data: all } = useAnswer('authorities.list', undefined)
  const signer = signerOf(issuer, all ?? [])
  const [days, setDays] = useState(() => daysWithin(defaultDays.client, signer.notAfter, now))
  const [passphrase, setPassphrase] = useState('')
  const renew = useAction('authorities.renew')
  const isReady = passphrase !== '' && isLifetime(days)

  const submit = () =>
    renew.mutate(
      { certificate: row.sha256, days, passphrase },
      {
        onSuccess: (next) => {
          onRenewed(next)
          notifications.show({ color: 'teal', title: 'Renewed.', message: 'Save it and send it to its holder.' })
        },
      },
    )

  return (
    <OpenModal onClose={onClose} title={`Renew ${quoted(row.commonName)}`}>
      <AskForm
        action="Sign the new one"
        isReady={isReady}
        isBusy={renew.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Text size="sm">
          The same name and key, with a new serial number and new dates. The old one stays valid until it expires.
        </Text>
        {signer.id !== issuer.id && (
          <Text size="sm">
            The successor, valid from {formatDate(signer.notBefore)}, has taken over and signs it. Enter the successor’s
            passphrase.
          </Text>
        )}
        <DaysField days={days} onChange={setDays} issuerEnds={signer.notAfter} />
        <IssuerPassphrase
          issuer={signer.name}
          value={passphrase}
          onChange={setPassphrase}
          error={renew.error}
          autoFocus
        />
        <SigningError error={renew.error} />
      </AskForm>
    </OpenModal>
  )
}

/** After a roll-over the newest successor signs: that is how an old issuer's certificates come to an end. */
export function signerOf(issuer: AuthoritySummary, all: AuthoritySummary[]): AuthoritySummary {
  const seen = new Set<string>()
  let signer = issuer
  while (signer.successor !== null && !seen.has(signer.id)) {
    seen.add(signer.id)
    const { successor } = signer
    signer = all.find(({ id }) => id === successor) ?? signer
  }
  return signer
}
