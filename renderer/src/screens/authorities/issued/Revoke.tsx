import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { useAction } from '../../../api'
import { ConfirmModal } from '../../../components/ConfirmModal'
import { reasons } from './issued-words'
import { RevokeQuestion } from './RevokeQuestion'

interface RevokeProps {
  row: IssuedCertificate
  issuer: AuthoritySummary
  onClose(): void
  onRevoked(next: IssuedCertificate): void
}

/** What revoking does, and above all what it does not do. */
export function Revoke({ row, issuer, onClose, onRevoked }: RevokeProps) {
  const [reason, setReason] = useState(reasons[0].value)
  const revoke = useAction('authorities.revoke')

  async function confirm() {
    onRevoked(await revoke.mutateAsync({ certificate: row.sha256, reason }))
    const message = `Write a new list for “${issuer.name}” next.`
    notifications.show({ color: 'teal', title: 'Revoked.', message })
  }

  return (
    <ConfirmModal
      title={`Revoke “${row.commonName}”?`}
      action="Revoke"
      opened
      onClose={onClose}
      onConfirm={confirm}
      understood="I understand that this cannot be taken back."
    >
      <RevokeQuestion reason={reason} onReason={setReason} commonName={row.commonName} issuer={issuer.name} />
    </ConfirmModal>
  )
}
