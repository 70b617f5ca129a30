import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { formatDate, formatDateTime, formatSerial } from '#shared/logic/formatting'
import type { Revocable } from '#shared/model/revocation'
import { useAction } from '../../../api'
import { ConfirmModal } from '../../../components/ConfirmModal'
import { Explained } from '../../../components/Explained'
import { Facts } from '../../../components/Facts'
import { foundName, reasons } from './issued-words'
import { RevokeQuestion } from './RevokeQuestion'

/** What was recognised, and the last question before it is revoked. */
export function RevokeFound({ found, onClose }: { found: Revocable; onClose(): void }) {
  const [reason, setReason] = useState(reasons[0].value)
  const revoke = useAction('authorities.revokeOther')
  const { certificate, issuer, serial, revokedAt, target } = found

  async function confirm() {
    const { isNew } = await revoke.mutateAsync({ target, reason })
    const message = `Write a new list for “${issuer}” next.`
    if (isNew) notifications.show({ color: 'teal', title: 'Revoked.', message })
    else notifications.show({ color: 'teal', title: 'Added to the list.', message: 'It had been revoked before.' })
  }

  return (
    <ConfirmModal
      title={revokedAt === null ? `Revoke ${foundName(found)}?` : `Add ${foundName(found)} to the list?`}
      action={revokedAt === null ? 'Revoke' : 'Add to the list'}
      opened
      onClose={onClose}
      onConfirm={confirm}
      {...(revokedAt === null ? { understood: 'I understand that this cannot be taken back.' } : {})}
    >
      <Facts
        facts={[
          ['Full name', certificate?.subject ?? null],
          [
            <Explained key="t" term="Serial" />,
            <span key="v" className="mono">
              {formatSerial(serial)}
            </span>,
          ],
          ['Valid until', certificate === null ? 'Not known' : formatDateTime(certificate.notAfter)],
          ['Issuer', issuer],
        ]}
      />
      {certificate === null && (
        <Text size="sm">
          Only the number is known here. It stays on every list, since nobody here knows when the certificate ends.
        </Text>
      )}
      {revokedAt === null ? (
        <RevokeQuestion
          reason={reason}
          onReason={setReason}
          commonName={certificate?.commonName ?? null}
          issuer={issuer}
        />
      ) : (
        <Text size="sm">
          Its serial number was revoked on {formatDate(revokedAt)}. That date and reason stay; the certificate is added
          to the issued ones, as revoked.
        </Text>
      )}
    </ConfirmModal>
  )
}
