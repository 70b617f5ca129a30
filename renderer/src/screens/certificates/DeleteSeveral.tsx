import { List, Stack, Text } from '@mantine/core'
import { countOf } from '#shared/logic/formatting'
import type { IdentitySummary } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import { call, useAnswer } from '../../api'
import { ConfirmModal } from '../../components/ConfirmModal'
import { DeleteCertificate } from './DeleteCertificate'

interface DeleteSeveralProps {
  summaries: IdentitySummary[]
  onDeleted(id: IdentityId): void
  onClose(): void
}

/** Asks before the selected certificates are deleted. One alone is asked about as on its own page. */
export function DeleteSeveral({ summaries, onDeleted, onClose }: DeleteSeveralProps) {
  const [first, ...others] = summaries
  if (first === undefined) return null
  if (others.length === 0) return <DeleteOne id={first.id} onClose={onClose} />
  const withKey = summaries.filter(({ keyInVault }) => keyInVault).length

  async function confirm() {
    // One after the other: a store that refuses leaves the rest as it was, and in the list.
    for (const { id } of summaries) {
      await call('identities.delete', { identity: id })
      onDeleted(id)
    }
  }

  return (
    <ConfirmModal
      title={`Delete ${countOf(summaries.length, 'certificate')}?`}
      action="Delete"
      opened
      onClose={onClose}
      onConfirm={confirm}
      {...(withKey > 0 ? { understood: 'I understand that the private keys cannot be recovered.' } : {})}
    >
      <Stack gap="xs">
        <Text>
          These will be gone for good, with their keys, also from the browsers and stores they are installed in:
        </Text>
        <List mah={220} style={{ overflowY: 'auto' }}>
          {summaries.map(({ id, name }) => (
            <List.Item key={id}>
              <bdi>{name}</bdi>
            </List.Item>
          ))}
        </List>
      </Stack>
    </ConfirmModal>
  )
}

/** What it takes along is read first. */
function DeleteOne({ id, onClose }: { id: IdentityId; onClose(): void }) {
  const { data: detail } = useAnswer('identities.detail', { identity: id })
  return detail === undefined ? null : <DeleteCertificate detail={detail} opened onClose={onClose} />
}
