import { Button, Group, List, Text } from '@mantine/core'
import { useState } from 'react'
import { formatAgo } from '#shared/logic/formatting'
import type { IdentitySummary } from '#shared/model/identity'
import type { Install } from '#shared/model/store'
import { useAction } from '../../api'
import { ConfirmModal } from '../../components/ConfirmModal'
import { ErrorNotice } from '../../components/ErrorNotice'
import { useNow } from '../../components/use-now'

export function InstalledButtons({ install, summary }: { install: Install; summary: IdentitySummary }) {
  const check = useAction('installs.check')
  const remove = useAction('installs.remove')
  const [isRemoving, setRemoving] = useState(false)
  const now = useNow()
  const input = { install: install.id }
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate(input)}>
          Check again
        </Button>
        <Button size="xs" variant="default" onClick={() => setRemoving(true)}>
          Remove…
        </Button>
        <Text size="xs" c="dimmed">
          Seen there {formatAgo(install.checkedAt, now)}
        </Text>
      </Group>
      {check.error !== null && <ErrorNotice error={check.error} />}
      <ConfirmModal
        title={`Remove “${summary.name}” from ${install.storeName}?`}
        action="Remove"
        opened={isRemoving}
        onClose={() => setRemoving(false)}
        onConfirm={() => remove.mutateAsync(input)}
      >
        <Text>This is taken out of {install.storeName}:</Text>
        <List>
          <List.Item>the certificate and its private key</List.Item>
          <List.Item>the trust that was set for it</List.Item>
        </List>
        <Text>
          {summary.keyInVault
            ? 'Latchkey keeps its own copy, so you can install it again at any time.'
            : 'Latchkey has no copy of this key: it will be gone for good.'}
        </Text>
      </ConfirmModal>
    </>
  )
}
