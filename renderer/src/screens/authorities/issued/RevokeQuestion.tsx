import { List, Select, Text } from '@mantine/core'
import type { RevocationReason } from '#shared/model/authority'
import { reasons } from './issued-words'

interface QuestionProps {
  reason: RevocationReason
  onReason(reason: RevocationReason): void
  /** Null where only the serial number is known. */
  commonName: string | null
  issuer: string
}

/** Why it is revoked; what that does, and above all what it does not do. */
export function RevokeQuestion({ reason, onReason, commonName, issuer }: QuestionProps) {
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
        Access itself checks no revocation list: on its own this keeps nobody out.
      </Text>
      <Text size="sm">To keep this certificate out:</Text>
      <List size="sm">
        <List.Item className="wrap">
          at Access, exclude {commonName === null ? 'its Common Name' : `the Common Name “${commonName}”`} in the
          application’s policy, or let a Worker check the list;
        </List.Item>
        <List.Item className="wrap">
          here, write a new list for “{issuer}” next, and publish it wherever your own servers look for it.
        </List.Item>
      </List>
    </>
  )
}
