import { Button, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import { DialogButtons } from '../components/DialogButtons'
import textStyles from '../components/text.module.css'
import { CheckChain } from './CheckChain'
import { FileContents } from './FileContents'
import { FileList } from './FileList'
import { type FileEntry, type FileInspection, isClosed, useInspection } from './file-inspection'
import type { SkippedFile } from './file-sources'
import { useImport } from './import-context'
import { summaryWords } from './inspection-words'
import { PasswordForm } from './PasswordForm'
import { ReadingProgress } from './ReadingProgress'
import { SkippedFilesNotice } from './SkippedFiles'

/** What files are and hold; nothing is kept. */
export function InspectionView({ looking, leftOut }: { looking: FileInspection; leftOut: SkippedFile[] }) {
  const { close, chooseToLook } = useImport()
  const files = useInspection(looking)
  const [opened, setOpened] = useState<string[]>([])
  const [passedOver, setPassedOver] = useState<readonly number[]>([])
  const current = files.find(({ look }) => look.kind === 'reading')
  const isReading = current !== undefined
  const closed = files.flatMap((entry, index) => (isClosed(entry) ? [index] : []))
  const asked = isReading ? undefined : closed.find((index) => !passedOver.includes(index))
  const entry = asked === undefined ? undefined : files[asked]

  return (
    <Stack>
      <SkippedFilesNotice leftOut={leftOut} />
      {current !== undefined && <ReadingProgress what={quoted(current.file.name)} onCancel={looking.stop} />}
      {asked !== undefined && entry !== undefined && (
        <PasswordForm
          key={asked}
          fileName={entry.file.name}
          wrong={entry.look.kind === 'seen' && entry.look.wrong}
          cancel={files.length === 1 ? 'Cancel' : 'Skip this file'}
          onPassword={(password) => {
            setOpened([...opened, String(asked)])
            void looking.open(asked, password)
          }}
          onCancel={() => (files.length === 1 ? close() : setPassedOver([...passedOver, asked]))}
        />
      )}
      <Files files={files} isReading={isReading} opened={opened} onOpened={setOpened} />
      {!isReading && <CheckChain files={files} />}
      <DialogButtons>
        {!isReading && files.some(({ look }) => look.kind === 'waiting') && (
          <Button variant="default" onClick={() => void looking.start()}>
            {files.length === 1 ? 'Read it' : 'Read the rest'}
          </Button>
        )}
        {!isReading && asked === undefined && closed.length > 0 && (
          <Button variant="default" onClick={() => setPassedOver([])}>
            Enter a password
          </Button>
        )}
        <Button variant="default" disabled={isReading} onClick={() => void chooseToLook()}>
          Inspect another file
        </Button>
        <Button onClick={close}>Close</Button>
      </DialogButtons>
    </Stack>
  )
}

interface FilesProps {
  files: readonly FileEntry[]
  isReading: boolean
  opened: string[]
  onOpened(opened: string[]): void
}

function Files({ files, isReading, ...list }: FilesProps) {
  const [only] = files
  if (only === undefined) return null
  if (files.length > 1) {
    return (
      <>
        <Text size="sm" c="dimmed">
          {summaryWords(files)}
        </Text>
        <FileList files={files} {...list} />
      </>
    )
  }
  if (isReading) return null
  return (
    <section aria-label={only.file.name}>
      <Title order={3} mb="xs" className={textStyles.wrap}>
        {only.file.name}
      </Title>
      <FileContents entry={only} />
    </section>
  )
}
