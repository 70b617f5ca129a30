import { Alert, Button, Checkbox, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { Out } from '#shared/ipc/contract'
import { contentsWords, missingKeysWords } from '#shared/logic/backup-words'
import { countOf } from '#shared/logic/formatting'
import type { BackupState } from '#shared/model/backup'
import { call } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { DialogButtons } from '../../../components/DialogButtons'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import textStyles from '../../../components/text.module.css'
import { isChosen, NewPassphrase, nothingTyped } from '../../../vault/NewPassphrase'

type Made = NonNullable<Out<'backup.make'>>

/** A passphrase, what goes in, and a place for the file. */
export function MakeBackup({ state, onDone }: { state: BackupState; onDone(): void }) {
  const [typed, setTyped] = useState(nothingTyped)
  const [withIssuerKeys, setWithIssuerKeys] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const { job, error, run } = useJob()

  async function make() {
    const answer = await run((id) => call('backup.make', { passphrase: typed.first, withIssuerKeys, job: id }))
    if (answer !== null) setMade(answer)
  }

  if (made !== null) return <MadeBackup made={made} onDone={onDone} />
  if (job !== null) return <JobProgress job={job} phase="Waiting for a place to save it" />
  return (
    <AskForm action="Save…" isReady={isChosen(typed)} onSubmit={() => void make()} onCancel={onDone}>
      <NewPassphrase typed={typed} onChange={setTyped} />
      <Text size="sm" c="dimmed">
        The backup opens only with this passphrase, and nobody can reset it for you. Keep it in a safe place.
      </Text>
      {state.issuerKeys > 0 && (
        <Checkbox
          label="Include issuers’ keys"
          description={`${countOf(state.issuerKeys, 'private key')}. Each stays protected by its own passphrase as well.`}
          checked={withIssuerKeys}
          onChange={(event) => setWithIssuerKeys(event.currentTarget.checked)}
        />
      )}
      {error !== null && <ErrorNotice error={error} />}
    </AskForm>
  )
}

function MadeBackup({ made: { name, contents, missingKeys }, onDone }: { made: Made; onDone(): void }) {
  return (
    <Stack>
      <Text fw={600} className={textStyles.wrap} role="status">
        Saved as {name}
      </Text>
      <Text size="sm">It holds {contentsWords(contents)}.</Text>
      {missingKeys.length > 0 && (
        <Alert role="alert" color="orange" icon={<IconAlertTriangle aria-hidden />} title="Some keys are missing">
          <Text size="sm">{missingKeysWords(missingKeys)}</Text>
        </Alert>
      )}
      <DialogButtons>
        <Button data-autofocus onClick={onDone}>
          Done
        </Button>
      </DialogButtons>
    </Stack>
  )
}
