import { PasswordInput, Text } from '@mantine/core'
import { useState } from 'react'
import type { Out } from '#shared/ipc/contract'
import type { RestoreReport } from '#shared/model/backup'
import { call } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { OpenModal } from '../../../components/OpenModal'
import textStyles from '../../../components/text.module.css'
import { RestoredNotice, RestorePreview } from './RestorePreview'
import type { ChosenBackup } from './use-choose-backup'

/** Passphrase, preview, restore. Nothing is changed before the last step. */
export function RestoreBackup({ file, onClose }: { file: ChosenBackup; onClose(): void }) {
  const [passphrase, setPassphrase] = useState('')
  const [preview, setPreview] = useState<Out<'backup.preview'> | null>(null)
  const [restored, setRestored] = useState<RestoreReport | null>(null)
  const { job, error, run } = useJob()
  const stage = restored !== null ? 'restored' : preview !== null ? 'preview' : 'passphrase'

  async function look() {
    const found = await run((id) => call('backup.preview', { ticket: file.ticket, passphrase, job: id }))
    if (found !== null) setPreview(found)
  }

  async function restore(ticket: string) {
    const done = await run((id) => call('backup.restore', { ticket, passphrase, job: id }))
    if (done !== null) setRestored(done)
  }

  function content() {
    if (job !== null) return <JobProgress job={job} phase="Opening the backup" />
    if (restored !== null) return <RestoredNotice report={restored} onDone={onClose} />
    if (preview !== null)
      return (
        <RestorePreview
          report={preview.report}
          error={error}
          onRestore={() => void restore(preview.again)}
          onCancel={onClose}
        />
      )
    return (
      <AskForm action="Continue" isReady={passphrase !== ''} onSubmit={() => void look()} onCancel={onClose}>
        <Text size="sm" className={textStyles.wrap}>
          {file.name}
        </Text>
        <PasswordInput
          label="Passphrase of the backup"
          description="Nothing is changed yet: you first see what would be restored."
          value={passphrase}
          maxLength={1024}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {error !== null && <ErrorNotice error={error} />}
      </AskForm>
    )
  }

  return (
    <OpenModal title="Restore a backup" about={`${stage} ${job === null}`} onClose={onClose}>
      {content()}
    </OpenModal>
  )
}
