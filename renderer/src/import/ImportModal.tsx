import { Button, Stack } from '@mantine/core'
import { countOf } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { DialogButtons } from '../components/DialogButtons'
import { ErrorNotice } from '../components/ErrorNotice'
import { OpenModal } from '../components/OpenModal'
import { ChooseCertificate } from './ChooseCertificate'
import { bytesOf, type ReceivedFile } from './file-sources'
import { ImportResult } from './ImportResult'
import { InspectionView } from './InspectionView'
import { IssuersAdded } from './IssuersAdded'
import { type ImportState, useImport } from './import-context'
import { NoMatchingKey } from './NoMatchingKey'
import { OfferToIssue } from './OfferToIssue'
import { PasswordQuestion } from './PasswordForm'
import { ReadingProgress } from './ReadingProgress'
import { SkippedFilesNotice } from './SkippedFiles'
import { UseSetupFile } from './UseSetupFile'

export function ImportModal() {
  const { state, close } = useImport()
  return (
    <OpenModal onClose={close} title={titleOf(state)} size="lg" about={stepName(state)}>
      <Stack>
        {/* The inspection shows it beside its own files. */}
        {state.step.kind !== 'looking' && <SkippedFilesNotice leftOut={state.leftOut} />}
        <Body state={state} />
      </Stack>
    </OpenModal>
  )
}

/** What is asked or said now. */
const stepName = ({ step }: ImportState): string => (step.kind === 'outcome' ? step.outcome.kind : step.kind)

function titleOf({ step, files }: ImportState): string {
  const isOne = files.length === 1
  switch (step.kind) {
    case 'requests':
      return isOne ? 'A request (CSR)' : 'Requests (CSR)'
    case 'setup':
      return 'Set-up file'
    case 'looking':
      return isOne ? 'What is in this file' : 'What is in these files'
    case 'left-out':
      return 'Some files were skipped'
    case 'outcome':
      break
    default:
      return 'Certificate file'
  }
  switch (step.outcome.kind) {
    case 'password-needed':
      return 'This file has a password'
    case 'no-matching-key':
      return 'This certificate belongs to another key'
    case 'several':
      return 'Several certificates'
    case 'issuers-added':
      return 'Issuers added'
    case 'imported':
      return step.outcome.unchanged ? 'This certificate is already here' : 'Certificate added'
  }
}

function Body({ state: { step, files, leftOut } }: { state: ImportState }) {
  const { close, stop } = useImport()
  switch (step.kind) {
    case 'idle':
      return null
    case 'working':
      return <ReadingProgress what={whatOf(files)} onCancel={stop} />
    case 'requests':
      return <OfferToIssue sources={bytesOf(files)} />
    case 'setup':
      return <UseSetupFile file={step.file} review={step.review} />
    case 'looking':
      return <InspectionView key={step.looking.id} looking={step.looking} leftOut={leftOut} />
    case 'left-out':
      return (
        <DialogButtons>
          <Button data-autofocus onClick={close}>
            Close
          </Button>
        </DialogButtons>
      )
    case 'failed':
      return <ImportError error={step.error} count={files.length} />
    case 'outcome':
      break
  }
  switch (step.outcome.kind) {
    case 'password-needed':
      return <PasswordQuestion key={step.outcome.staged} outcome={step.outcome} />
    case 'no-matching-key':
      return <NoMatchingKey outcome={step.outcome} />
    case 'several':
      return <ChooseCertificate key={step.outcome.staged} outcome={step.outcome} />
    case 'issuers-added':
      return <IssuersAdded outcome={step.outcome} />
    case 'imported':
      return <ImportResult outcome={step.outcome} />
  }
}

function whatOf(files: ReceivedFile[]): string {
  const [first] = files
  if (first === undefined) return 'the file'
  return files.length === 1 ? quoted(first.name) : countOf(files.length, 'file')
}

function ImportError({ error, count }: { error: unknown; count: number }) {
  const { choose, close, look } = useImport()
  return (
    <Stack>
      <ErrorNotice error={error} />
      <DialogButtons>
        <Button variant="default" onClick={close}>
          Close
        </Button>
        {count > 0 && (
          <Button variant="default" onClick={look}>
            {count === 1 ? 'What is in it?' : 'What is in them?'}
          </Button>
        )}
        <Button data-autofocus onClick={() => void choose()}>
          Choose another file
        </Button>
      </DialogButtons>
    </Stack>
  )
}
