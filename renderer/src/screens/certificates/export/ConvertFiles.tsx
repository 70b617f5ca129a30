import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SavedFiles } from '#shared/logic/export-commands'
import { mostConverted } from '#shared/logic/file-limits'
import { joinNames } from '#shared/logic/formatting'
import { type Destination, destinationNames, destinationsFor, destinationWords } from '#shared/model/convert'
import { call, hasCode, useAnswer } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { OpenModal } from '../../../components/OpenModal'
import { ChooseFiles } from '../../../import/ChooseFiles'
import { ChosenFiles } from '../../../import/ChosenFiles'
import { FilesPassword, passwordWords } from '../../../import/FilesPassword'
import type { Source } from '../../../import/file-sources'
import { useNavigation } from '../../../navigation'
import { emptyProtection, KeyProtectionFields, protectionOf } from './KeyProtectionFields'
import { SavedExport } from './SavedExport'

type Saved = Omit<SavedFiles, 'site'>

/** Files of any format into what another program reads. Nothing is added to Latchkey. */
export function ConvertFiles() {
  const { close } = useNavigation()
  const [saved, setSaved] = useState<Saved | null>(null)
  const onClose = () => close('convert')
  return (
    <OpenModal
      onClose={onClose}
      title={saved === null ? 'Convert files' : `Saved as ${joinNames(saved.names)}`}
      about={saved === null ? 'ask' : 'saved'}
      size="lg"
      closeOnClickOutside={false}
    >
      {saved === null ? (
        <AskForFiles onClose={onClose} onSaved={setSaved} />
      ) : (
        <SavedExport saved={saved} tests={[]} onClose={onClose} />
      )}
    </OpenModal>
  )
}

function AskForFiles({ onClose, onSaved }: { onClose(): void; onSaved(saved: Saved): void }) {
  const { data: info } = useAnswer('app.info', undefined)
  const places = destinationsFor(info?.platform ?? 'linux')
  const [files, setFiles] = useState<Source[]>([])
  const [chosen, setChosen] = useState<Destination | null>(null)
  const [password, setPassword] = useState('')
  const [pick, setPick] = useState('')
  const [protecting, setProtecting] = useState(emptyProtection)
  const { job, error, run } = useJob()
  const destination = chosen ?? places[0] ?? 'pem'
  const protection = protectionOf(destination, protecting)
  const wrongPassword = passwordWords(error)
  // Asked only of whoever turns out to have to answer.
  const asksForOne = pick !== '' || hasCode(error, 'invalid-input')

  async function convert() {
    if (protection === null) return
    const choice = { password: password === '' ? null : password, pick: pick === '' ? null : pick.trim() }
    const made = await run((id) =>
      call('files.convert', { sources: files, destination, protection, ...choice, job: id }),
    )
    if (made !== null && made.names.length > 0) onSaved({ destination, ...made })
  }

  if (job !== null) return <JobProgress job={job} phase="Converting the files" />
  return (
    <AskForm
      action="Save…"
      isReady={files.length > 0 && protection !== null}
      onSubmit={() => void convert()}
      onCancel={onClose}
    >
      <ChooseFiles
        label="Choose files"
        hint="Certificate, issuers and key, in any format, or drop them anywhere."
        accept=".pem,.crt,.cer,.der,.key,.p8,.p12,.pfx,.p7b,.p7c,.spc"
        most={mostConverted}
        held={files.length}
        required
        onFiles={(more) => setFiles((before) => [...before, ...more])}
      />
      <ChosenFiles files={files} onRemove={(gone) => setFiles(files.filter((file) => file !== gone))} />
      <FilesPassword value={password} error={wrongPassword} onChange={setPassword} />
      {asksForOne && (
        <TextInput
          label="Which certificate"
          description="Its number, its Common Name, or how its fingerprint (SHA-256) begins."
          value={pick}
          maxLength={256}
          onChange={(event) => setPick(event.currentTarget.value)}
        />
      )}
      <Select
        label="Convert for"
        data={places.map((value) => ({ value, label: destinationNames[value] }))}
        value={destination}
        allowDeselect={false}
        description={`${destinationWords[destination]}.`}
        onChange={(value) => setChosen(places.find((place) => place === value) ?? null)}
      />
      <KeyProtectionFields destination={destination} value={protecting} onChange={setProtecting} />
      {error !== null && wrongPassword === null && <ErrorNotice error={error} />}
    </AskForm>
  )
}
