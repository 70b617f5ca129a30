import { List, Text } from '@mantine/core'
import { shortAddress } from '#shared/logic/address'
import { countOf } from '#shared/logic/formatting'
import type { Host } from '#shared/model/host'
import { call } from '../../api'
import { ConfirmModal } from '../../components/ConfirmModal'
import { offerUndo } from '../../components/undo-notice'
import { useNavigation } from '../../navigation'

/** Asks before sites leave the list. */
export function DeleteSites({ hosts, onClose }: { hosts: Host[]; onClose(): void }) {
  const { go } = useNavigation()
  const [first, ...others] = hosts
  if (first === undefined) return null
  const isOne = others.length === 0

  async function confirm() {
    const ids = hosts.map(({ id }) => id)
    await call('hosts.delete', { hosts: ids })
    go({ screen: 'connections', host: null, report: null })
    offerUndo(isOne ? 'Site deleted.' : `${countOf(hosts.length, 'site')} deleted.`, () =>
      call('hosts.restore', { hosts: ids }),
    )
  }

  return (
    <ConfirmModal
      title={isOne ? 'Delete this site?' : `Delete ${countOf(hosts.length, 'site')}?`}
      action="Delete"
      opened
      onClose={onClose}
      onConfirm={confirm}
    >
      <Text size="sm">
        {isOne ? `${shortAddress(first)} and its test reports` : 'These sites and their test reports'} leave this list.
        Your certificates are not touched.
      </Text>
      {!isOne && (
        <List mah={220} style={{ overflowY: 'auto' }}>
          {hosts.map((host) => (
            <List.Item key={host.id}>{shortAddress(host)}</List.Item>
          ))}
        </List>
      )}
    </ConfirmModal>
  )
}
