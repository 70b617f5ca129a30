import { Accordion, Button, Text } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '#shared/logic/formatting'
import textStyles from '../components/text.module.css'
import { FileContents } from './FileContents'
import type { FileEntry } from './file-inspection'
import { entryWords } from './inspection-words'

/** So many are drawn at first; a thousand would keep the window busy. */
const PAGE_SIZE = 50

interface FileListProps {
  files: readonly FileEntry[]
  /** The places, in the list, of the files that show what they hold. */
  opened: string[]
  onOpened(opened: string[]): void
}

/** Many files, one line each; what a file holds is drawn when somebody opens it. */
export function FileList({ files, opened, onOpened }: FileListProps) {
  const [shown, setShown] = useState(PAGE_SIZE)
  const hidden = files.length - shown
  return (
    <>
      <Accordion variant="contained" multiple value={opened} onChange={onOpened}>
        {files.slice(0, shown).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none of them moves
          <Accordion.Item key={index} value={String(index)}>
            <Accordion.Control>
              <Text fw={600} className={textStyles.wrap}>
                {entry.file.name}
              </Text>
              <Text size="sm" c="dimmed">
                {entryWords(entry)}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>{opened.includes(String(index)) && <FileContents entry={entry} />}</Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {hidden > 0 && (
        <Button variant="default" onClick={() => setShown(shown + PAGE_SIZE)}>
          Show {Math.min(hidden, PAGE_SIZE)} more of {formatCount(hidden)}
        </Button>
      )}
    </>
  )
}
