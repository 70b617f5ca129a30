import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { CheckChain } from './CheckChain'
import { FileInside } from './FileInside'
import { FileList } from './FileList'
import { useImport } from './import-context'
import { summaryWords } from './look-words'
import { isClosed, type Looked, type Looking, useLooking } from './looking'
import { PasswordForm } from './PasswordForm'
import { Reading } from './Reading'
import { LeftOutNotice } from './SkippedFiles'
import type { LeftOut } from './sources'

/** What files are and hold; nothing is kept. */
export function LookInside({ looking, leftOut }: { looking: Looking; leftOut: LeftOut[] }) {
  const { close, chooseToLook } = useImport()
  const files = useLooking(looking)
  const [opened, setOpened] = useState<string[]>([])
  const [passedOver, setPassedOver] = useState<readonly number[]>([])
  const current = files.find(({ look }) => look.kind === 'reading')
  const isReading = current !== undefined
  const closed = files.flatMap((looked, index) => (isClosed(looked) ? [index] : []))
  const asked = isReading ? undefined : closed.find((index) => !passedOver.includes(index))
  const entry = asked === undefined ? undefined : files[asked]

  return (
    <Stack>
      <LeftOutNotice leftOut={leftOut} />
      {current !== undefined && <Reading what={`“${current.file.name}”`} onCancel={looking.stop} />}
      {asked !== undefined && entry !== undefined && (
        <PasswordForm
          key={asked}
          fileName={entry.file.name}
          wrong={entry.look.kind === 'seen' && entry.look.wrong}
          cancel={files.length === 1 ? 'Cancel' : 'Leave it closed'}
          onPassword={(password) => {
            setOpened([...opened, String(asked)])
            void looking.open(asked, password)
          }}
          onCancel={() => (files.length === 1 ? close() : setPassedOver([...passedOver, asked]))}
        />
      )}
      <Files files={files} isReading={isReading} opened={opened} onOpened={setOpened} />
      {!isReading && <CheckChain files={files} />}
      <Group justify="flex-end">
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
          Look inside another file
        </Button>
        <Button onClick={close}>Close</Button>
      </Group>
    </Stack>
  )
}

interface FilesProps {
  files: readonly Looked[]
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
      <Title order={3} mb="xs" className="wrap">
        {only.file.name}
      </Title>
      <FileInside looked={only} />
    </section>
  )
}
