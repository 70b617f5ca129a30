import { Accordion, Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { messages } from '#shared/messages'
import type { InspectedFile, InspectFailure } from '#shared/model/details'
import { call } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'
import { ObjectDetails } from '../components/object-details/ObjectDetails'
import { useImport } from './import-context'
import { kindWords, needsPassword, pairWords } from './look-words'
import { PasswordForm } from './PasswordForm'
import type { Source } from './sources'

/** What files are and hold; nothing is kept. */
export function LookInside({ sources }: { sources: Source[] }) {
  const { close, chooseToLook } = useImport()
  const [password, setPassword] = useState<string | null>(null)
  const look = useId()
  const { data: files, error } = useQuery({
    queryKey: ['look', look, password !== null],
    queryFn: () => call('files.inspect', { sources, password }),
    gcTime: 0,
  })
  if (error !== null) return <ErrorNotice error={error} />
  if (files === undefined) return <Text role="status">Reading…</Text>
  const closed = files.find((file) => needsPassword(file))
  if (closed !== undefined && password === null)
    return <PasswordForm fileName={closed.name} wrong={false} onPassword={setPassword} onCancel={close} />
  return (
    <Stack>
      {files.map((file) => (
        <FileInside key={file.name} file={file} />
      ))}
      <Group justify="flex-end">
        {closed !== undefined && (
          <Button variant="default" onClick={() => setPassword(null)}>
            Try another password
          </Button>
        )}
        <Button variant="default" onClick={() => void chooseToLook()}>
          Look inside another file
        </Button>
        <Button onClick={close}>Close</Button>
      </Group>
    </Stack>
  )
}

function FileInside({ file }: { file: InspectedFile }) {
  return (
    <section aria-label={file.name}>
      <Title order={3} mb="xs">
        {file.name}
      </Title>
      {file.format !== null && (
        <Text size="sm" c="dimmed" mb="xs">
          {file.format}
        </Text>
      )}
      <Accordion variant="separated" multiple defaultValue={file.objects.length === 1 ? ['0'] : []}>
        {file.objects.map((object, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the objects of a file have no other name, and never move
          <Accordion.Item key={index} value={String(index)}>
            <Accordion.Control>
              <Text fw={600}>{object.title}</Text>
              <Text size="sm" c="dimmed">
                {[kindWords[object.kind], pairWords(file, index)].filter((words) => words !== '').join(', ')}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              <ObjectDetails details={object} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {file.failures.map((failure) => (
        <Failure key={`${failure.where} ${failure.code}`} failure={failure} />
      ))}
    </section>
  )
}

function Failure({ failure: { where, code, detail } }: { failure: InspectFailure }) {
  const { title, remedy } = messages[code]
  return (
    <Alert color="red" mt="sm" title={where === '' ? title : `${where}: ${title}`}>
      {detail !== null && <div>{detail}</div>}
      {remedy}
    </Alert>
  )
}
