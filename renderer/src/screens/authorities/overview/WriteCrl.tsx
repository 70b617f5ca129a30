import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { OpenModal } from '../../../components/OpenModal'
import { DaysField } from '../fields/DaysField'
import { defaultDays, isLifetime } from '../fields/days'
import { IssuerPassphrase } from '../fields/IssuerPassphrase'
import { SigningError } from '../fields/SigningError'

/** Signs what is revoked now; the old list is replaced wherever it was published. */
export function WriteCrl({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const [days, setDays] = useState(defaultDays.crl)
  const [passphrase, setPassphrase] = useState('')
  const write = useAction('authorities.crl')
  const isReady = passphrase !== '' && isLifetime(days)

  const submit = () =>
    write.mutate(
      { authority: issuer.id, days, passphrase },
      {
        onSuccess: ({ crl }) => {
          onClose()
          const message = 'Save it and publish it where your servers look for it.'
          notifications.show({ color: 'teal', title: `List number ${crl?.number ?? ''} is written.`, message })
        },
      },
    )

  return (
    <OpenModal onClose={onClose} title="Write a new revocation list (CRL)">
      <AskForm action="Sign the list" isReady={isReady} isBusy={write.isPending} onSubmit={submit} onCancel={onClose}>
        <Text size="sm">
          {issuer.revoked === 0
            ? 'Nothing is revoked: the list will be empty, which is worth knowing too.'
            : `${countOf(issuer.revoked, 'revoked certificate')} will be on it.`}{' '}
          Access itself checks no list; a Worker or a server of yours can.
        </Text>
        <DaysField label="Next list within days" days={days} onChange={setDays} issuerEnds={issuer.notAfter} />
        <IssuerPassphrase
          issuer={issuer.name}
          value={passphrase}
          onChange={setPassphrase}
          error={write.error}
          autoFocus
        />
        <SigningError error={write.error} />
      </AskForm>
    </OpenModal>
  )
}
