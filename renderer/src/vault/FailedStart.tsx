import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { formatDate } from '#shared/logic/formatting'
import { call, hasCode, useAction, useAnswer } from '../api'
import { ConfirmModal } from '../components/ConfirmModal'
import { ErrorNotice } from '../components/ErrorNotice'
import layout from '../components/layout.module.css'
import textStyles from '../components/text.module.css'
import { BrowseLink } from './ClosedVault'
import styles from './ClosedVault.module.css'

interface FailedStartProps {
  error: unknown
  isRetrying: boolean
  onRetry(): void
  onLook(): void
}

/** Latchkey's data could not be opened: what happened, where, and everything that can be done about it from here. */
export function FailedStart({ error, isRetrying, onRetry, onLook }: FailedStartProps) {
  const { data: recovery } = useAnswer('home.recovery', undefined)
  const openFolder = useAction('home.openFolder')
  const areRecordsFine = hasCode(error, 'vault-too-new') || hasCode(error, 'vault-damaged')
  return (
    <main className={styles.gate}>
      <div className={layout.card}>
        <Stack>
          <Title order={1}>Latchkey cannot open its data</Title>
          <ErrorNotice error={error} />
          {recovery !== undefined && (
            <Text size="sm" c="dimmed" className={textStyles.wrap}>
              Latchkey’s folder is {recovery.folder}.
            </Text>
          )}
          <Group gap="xs">
            <Button loading={isRetrying} onClick={onRetry}>
              Try again
            </Button>
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={16} aria-hidden />}
              loading={openFolder.isPending}
              onClick={() => openFolder.mutate(undefined)}
            >
              Open folder
            </Button>
            {hasCode(error, 'database-damaged') && <Recover onRecovered={onRetry} />}
          </Group>
          {openFolder.error !== null && <ErrorNotice error={openFolder.error} />}
          {areRecordsFine && <BrowseLink onLook={onLook} />}
        </Stack>
      </div>
    </main>
  )
}

/** Either way the damaged file is kept under another name. */
function Recover({ onRecovered }: { onRecovered(): void }) {
  const { data: recovery } = useAnswer('home.recovery', undefined)
  const [asked, setAsked] = useState<'restore' | 'empty' | null>(null)
  const copy = recovery?.copies[0]
  const recover = async (version: number | null) => {
    await call('home.recover', { copy: version })
    onRecovered()
  }
  return (
    <>
      {copy !== undefined && (
        <Button variant="default" onClick={() => setAsked('restore')}>
          Restore the copy from {formatDate(copy.at)}
        </Button>
      )}
      <Button variant="default" onClick={() => setAsked('empty')}>
        Start empty
      </Button>
      {copy !== undefined && (
        <ConfirmModal
          title={`Restore the copy from ${formatDate(copy.at)}?`}
          action="Restore"
          opened={asked === 'restore'}
          onClose={() => setAsked(null)}
          onConfirm={() => recover(copy.version)}
        >
          <Text>Latchkey made it before an update. What was added or changed since then is not in it.</Text>
          <Text>The damaged file is kept under another name, and your sealed keys are not touched.</Text>
        </ConfirmModal>
      )}
      <ConfirmModal
        title="Start with an empty list?"
        action="Start empty"
        opened={asked === 'empty'}
        onClose={() => setAsked(null)}
        onConfirm={() => recover(null)}
      >
        <Text>
          Certificates, sites and history are not in it. The damaged file is kept under another name, and your sealed
          keys are not touched: issuers can be rebuilt from them.
        </Text>
      </ConfirmModal>
    </>
  )
}
