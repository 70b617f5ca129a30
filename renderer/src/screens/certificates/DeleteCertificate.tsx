import { List, Text } from '@mantine/core'
import { joinNames } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { IdentityDetail } from '#shared/model/identity'
import { useAction } from '../../api'
import { ConfirmModal } from '../../components/ConfirmModal'
import { useNavigation } from '../../navigation'

interface DeleteProps {
  detail: IdentityDetail
  opened: boolean
  onClose(): void
}

export function DeleteCertificate({ detail, opened, onClose }: DeleteProps) {
  const remove = useAction('identities.delete')
  const { go } = useNavigation()
  const { summary, installs } = detail
  const places = installs.filter((one) => one.present || one.keyPresent).map((one) => one.storeName)

  async function confirm() {
    await remove.mutateAsync({ identity: summary.id })
    go({ screen: 'certificates', identity: null })
  }

  return (
    <ConfirmModal
      title={`Delete ${quoted(summary.name)}?`}
      action="Delete"
      opened={opened}
      onClose={onClose}
      onConfirm={confirm}
      {...(summary.keyInVault ? { understood: 'I understand that the private key cannot be recovered.' } : {})}
    >
      <Text>This will be gone for good:</Text>
      <List>
        {summary.keyInVault && <List.Item>the private key: no certificate for it can be used any more</List.Item>}
        {detail.certificate !== null && <List.Item>the certificate</List.Item>}
        {detail.certificate === null && <List.Item>the request: an answer to it cannot be used any more</List.Item>}
        {places.length > 0 && <List.Item>the key and every certificate of it in {joinNames(places)}</List.Item>}
      </List>
    </ConfirmModal>
  )
}
