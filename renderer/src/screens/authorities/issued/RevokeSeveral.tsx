import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { countOf, formatCount } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import { useAction } from '../../../api'
import { ConfirmModal } from '../../../components/ConfirmModal'
import { reasons } from './issued-words'
import { NameList } from './NameList'
import { RevokeQuestion } from './Revoke'

export interface SeveralProps {
  rows: IssuedCertificate[]
  issuer: AuthoritySummary
  onClose(): void
  onDone(): void
}

/** All with one reason; those that are revoked already keep theirs. */
export function RevokeSeveral({ rows, issuer, onClose, onDone }: SeveralProps) {
  const [reason, setReason] = useState(reasons[0].value)
  const revoke = useAction('authorities.revokeSeveral')
  const live = rows.filter(({ status }) => status !== 'revoked')
  const already = rows.length - live.length

  async function confirm() {
    const { revoked } = await revoke.mutateAsync({ certificates: live.map(({ sha256 }) => sha256), reason })
    onDone()
    const title = `${countOf(revoked, 'certificate')} revoked.`
    notifications.show({ color: 'teal', title, message: `Write a new list for ${quoted(issuer.name)} next.` })
  }

  return (
    <ConfirmModal
      title={`Revoke ${countOf(live.length, 'certificate')}?`}
      action={`Revoke ${formatCount(live.length)}`}
      opened
      onClose={onClose}
      onConfirm={confirm}
      understood="I understand that this cannot be undone."
    >
      <NameList rows={live} />
      {already > 0 && (
        <Text size="sm" c="dimmed">
          {countOf(already, 'selected certificate')} {already === 1 ? 'is' : 'are'} already revoked and left as{' '}
          {already === 1 ? 'it is' : 'they are'}.
        </Text>
      )}
      <RevokeQuestion reason={reason} onReason={setReason} commonName={null} issuer={issuer.name} isSeveral />
    </ConfirmModal>
  )
}
