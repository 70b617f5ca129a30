import { List, Select, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary, IssuedCertificate, RevocationReason } from '#shared/model/authority'
import { useAction } from '../../../api'
import { ConfirmModal } from '../../../components/ConfirmModal'
import textStyles from '../../../components/text.module.css'
import { reasons } from './issued-words'

interface RevokeProps {
  row: IssuedCertificate
  issuer: AuthoritySummary
  onClose(): void
  onRevoked(next: IssuedCertificate): void
}

/** Says what revoking does and does not do. */
export function Revoke({ row, issuer, onClose, onRevoked }: RevokeProps) {
  const [reason, setReason] = useState(reasons[0].value)
  const revoke = useAction('authorities.revoke')

  async function confirm() {
    onRevoked(await revoke.mutateAsync({ certificate: row.sha256, reason }))
    const message = `Write a new list for ${quoted(issuer.name)} next.`
    notifications.show({ color: 'teal', title: 'Revoked.', message })
  }

  return (
    <ConfirmModal
      title={`Revoke ${quoted(row.commonName)}?`}
      action="Revoke"
      opened
      onClose={onClose}
      onConfirm={confirm}
      understood="I understand that this cannot be undone."
    >
      <RevokeQuestion reason={reason} onReason={setReason} commonName={row.commonName} issuer={issuer.name} />
    </ConfirmModal>
  )
}

interface QuestionProps {
  reason: RevocationReason
  onReason(reason: RevocationReason): void
  /** Null where only the serial number is known. */
  commonName: string | null
  issuer: string
  isSeveral?: boolean
}

/** The reason, and what revoking does and does not do. */
export function RevokeQuestion({ reason, onReason, commonName, issuer, isSeveral = false }: QuestionProps) {
  const its = isSeveral ? 'their Common Names' : 'its Common Name'
  return (
    <>
      <Select
        label="Reason"
        data={[...reasons]}
        value={reason}
        allowDeselect={false}
        onChange={(value) => onReason(reasons.find((each) => each.value === value)?.value ?? 'unspecified')}
      />
      <Text size="sm" fw={600}>
        Access does not check revocation lists, so this alone keeps nobody out.
      </Text>
      <Text size="sm">To keep {isSeveral ? 'these certificates' : 'this certificate'} out:</Text>
      <List size="sm">
        <List.Item className={textStyles.wrap}>
          at Access, exclude {commonName === null ? its : `the Common Name ${quoted(commonName)}`} in the application’s
          policy, or let a Worker check the list;
        </List.Item>
        <List.Item className={textStyles.wrap}>
          here, write a new list for {quoted(issuer)} next, and publish it wherever your own servers look for it.
        </List.Item>
      </List>
    </>
  )
}
