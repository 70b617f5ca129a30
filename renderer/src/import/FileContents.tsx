import { Accordion, Text } from '@mantine/core'
import { kindWords } from '#shared/logic/file-words'
import type { InspectedFile } from '#shared/model/details'
import { ErrorNotice } from '../components/ErrorNotice'
import { ObjectDetails } from '../components/object-details/ObjectDetails'
import { ReadFailures } from '../components/object-details/ReadFailures'
import { type FileEntry, isClosedPart } from './file-inspection'
import { closedWords, pairWords } from './inspection-words'

/** What one file is and holds, and what of it could not be read. */
export function FileContents({ entry: { look } }: { entry: FileEntry }) {
  if (look.kind === 'waiting') return <Text c="dimmed">Not read yet.</Text>
  if (look.kind === 'reading') return <Text c="dimmed">Reading…</Text>
  if (look.kind === 'failed') return <ErrorNotice error={look.error} />
  const { seen } = look
  // A password is asked for elsewhere; that it is missing is nothing to be alarmed about.
  const closed = seen.failures.filter(isClosedPart)
  const broken = seen.failures.filter((failure) => !isClosedPart(failure))
  return (
    <>
      {seen.format !== null && (
        <Text size="sm" c="dimmed" mb="xs">
          {seen.format}
        </Text>
      )}
      <Objects file={seen} />
      {seen.notes.map((note) => (
        <Text key={note} size="sm" c="dimmed" mt="sm">
          {note}
        </Text>
      ))}
      {closed.length > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {closedWords(closed)}
        </Text>
      )}
      <ReadFailures failures={broken} />
    </>
  )
}

function Objects({ file }: { file: InspectedFile }) {
  return (
    <Accordion variant="contained" multiple defaultValue={file.objects.length === 1 ? ['0'] : []}>
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
  )
}
