import { Checkbox, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { call } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { OpenModal } from '../../../components/OpenModal'
import { ChooseFiles } from '../../../import/ChooseFiles'
import { ChosenFiles } from '../../../import/ChosenFiles'
import { FilesPassword, passwordWords } from '../../../import/FilesPassword'
import type { Source } from '../../../import/file-sources'
import { useNavigation } from '../../../navigation'
import { isChosen, NewPassphrase, nothingTyped } from '../../../vault/NewPassphrase'

/** Certificate, chain and key of a CA that was made elsewhere. Its files stay where they are. */
export function ImportIssuer({ onClose }: { onClose(): void }) {
  const { go } = useNavigation()
  const [files, setFiles] = useState<Source[]>([])
  const [withKey, setWithKey] = useState(true)
  const [password, setPassword] = useState('')
  const [typed, setTyped] = useState(nothingTyped)
  const { job, error, run } = useJob()
  const wrongPassword = passwordWords(error)
  const isReady = files.length > 0 && (!withKey || isChosen(typed))

  async function bring() {
    const choice = { password: password === '' ? null : password, passphrase: withKey ? typed.first : null }
    const made = await run((id) => call('authorities.import', { sources: files, ...choice, job: id }))
    if (made === null) return
    onClose()
    go({ screen: 'authorities', issuer: made.id, issuerView: 'overview' })
    notifications.show({ color: 'teal', title: 'Issuer added.', message: made.name })
  }

  return (
    <OpenModal onClose={onClose} title="Import an existing CA" size="lg" closeOnClickOutside={false}>
      {job !== null && <JobProgress job={job} phase="Opening the files" />}
      {job === null && (
        <AskForm action="Import" isReady={isReady} onSubmit={() => void bring()} onCancel={onClose}>
          <ChooseFiles
            label="Choose its files"
            hint="Its certificate, the chain above it and its key: .pem .crt .key .p12 …, or drop them anywhere."
            accept=".pem,.crt,.cer,.der,.key,.p8,.p12,.pfx,.p7b,.p7c"
            held={files.length}
            required
            onFiles={(more) => setFiles((before) => [...before, ...more])}
          />
          <ChosenFiles files={files} onRemove={(gone) => setFiles(files.filter((file) => file !== gone))} />
          <Checkbox
            label="Its private key is in these files"
            description="Without the key you can view it and upload it to Access, but it cannot sign here."
            checked={withKey}
            onChange={(event) => setWithKey(event.currentTarget.checked)}
          />
          {withKey && (
            <>
              <FilesPassword value={password} error={wrongPassword} onChange={setPassword} />
              <NewPassphrase label="Passphrase for its key here" typed={typed} onChange={setTyped} />
            </>
          )}
          <Text size="sm" c="dimmed">
            Whoever has a copy of this key can issue in its name. Once it is here, put the other copies out of reach.
          </Text>
          {error !== null && !(wrongPassword !== null && withKey) && <ErrorNotice error={error} />}
        </AskForm>
      )}
    </OpenModal>
  )
}
