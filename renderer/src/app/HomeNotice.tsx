import { Alert, Button, Group, Text } from '@mantine/core'
import { IconFolderExclamation } from '@tabler/icons-react'
import { useState } from 'react'
import { homeWarning } from '#shared/logic/home-words'
import { useAction, useAnswer } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'

/** Other accounts can get at Latchkey's own folder. What nobody can repair from here is said once for each start. */
export function HomeNotice() {
  const { data: home } = useAnswer('home.state', undefined)
  const repair = useAction('home.repair')
  const [isRead, setRead] = useState(false)
  const warning = home === undefined ? null : homeWarning(home)
  if (warning === null || isRead) return null
  return (
    <Alert
      color="orange"
      radius={0}
      icon={<IconFolderExclamation aria-hidden />}
      title={warning.title}
      role="status"
      withCloseButton={!warning.canRepair}
      closeButtonLabel="Close"
      onClose={() => setRead(true)}
    >
      <Group justify="space-between" align="flex-end" gap="sm">
        <Text size="sm" flex="1 1 20rem">
          {warning.explanation}
        </Text>
        {warning.canRepair && (
          <Button size="xs" variant="default" loading={repair.isPending} onClick={() => repair.mutate(undefined)}>
            Repair
          </Button>
        )}
      </Group>
      {repair.error !== null && <ErrorNotice error={repair.error} />}
    </Alert>
  )
}
