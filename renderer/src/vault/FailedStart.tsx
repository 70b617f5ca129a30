import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { formatDate } from '#shared/logic/formatting'
import type { DatabaseCopy } from '#shared/model/home'
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
  const isDamaged = hasCode(error, 'database-damaged')
  const copy = isDamaged ? recovery?.copies[0] : undefined
  return (
    <main className={styles.gate}>
      <div className={layout.card}>
        <Stack>
          <Title order={1}>Latchkey cannot open its data</Title>
          <ErrorNotice error={error} remedy={isDamaged && recovery !== undefined ? damageRemedy(copy) : undefined} />
          {recovery !== undefined && (
            <Text size="sm" c="dimmed" className={textStyles.wrap}>
              Latchkey’s folder is {recovery.folder}.
            </Text>
          )}
          <Group gap="xs">
            {copy !== undefined && <RestoreCopy copy={copy} onRecovered={onRetry} />}
            {/* Damage does not go away by itself: where there is a copy, that is the way. */}
            <Button variant={copy === undefined ? 'filled' : 'default'} loading={isRetrying} onClick={onRetry}>
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
            {isDamaged && <StartEmpty onRecovered={onRetry} />}
          </Group>
          {openFolder.error !== null && <ErrorNotice error={openFolder.error} />}
          {areRecordsFine && <BrowseLink onLook={onLook} />}
        </Stack>
      </div>
    </main>
  )
}

/** In the words of the buttons below it. */
const damageRemedy = (copy: DatabaseCopy | undefined) =>
  copy === undefined
    ? 'Put latchkey.db back from a backup of your own and try again, or start empty.'
    : `${restoreWords(copy)}, or start empty.`

const restoreWords = ({ at }: DatabaseCopy) => `Restore the copy from ${formatDate(at)}`

interface RecoverProps {
  onRecovered(): void
}

/** The damaged file is kept under another name, as when nothing is restored. */
function RestoreCopy({ copy, onRecovered }: RecoverProps & { copy: DatabaseCopy }) {
  const [isAsked, setAsked] = useState(false)
  const words = restoreWords(copy)
  return (
    <>
      <Button onClick={() => setAsked(true)}>{words}</Button>
      <ConfirmModal
        title={`${words}?`}
        action="Restore"
        opened={isAsked}
        onClose={() => setAsked(false)}
        onConfirm={() => recover(copy.version, onRecovered)}
      >
        <Text>Latchkey made it before an update. What was added or changed since then is not in it.</Text>
        <Text>The damaged file is kept under another name, and your sealed keys are not touched.</Text>
      </ConfirmModal>
    </>
  )
}

function StartEmpty({ onRecovered }: RecoverProps) {
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        Start empty
      </Button>
      <ConfirmModal
        title="Start with an empty list?"
        action="Start empty"
        opened={isAsked}
        onClose={() => setAsked(false)}
        onConfirm={() => recover(null, onRecovered)}
      >
        <Text>
          Certificates, sites and history are not in it. The damaged file is kept under another name, and your sealed
          keys are not touched: issuers can be rebuilt from them.
        </Text>
      </ConfirmModal>
    </>
  )
}

/** `version`: of the copy; null to begin without any. */
async function recover(version: number | null, onRecovered: () => void): Promise<void> {
  await call('home.recover', { copy: version })
  onRecovered()
}
