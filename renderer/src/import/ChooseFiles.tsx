import { Button, FileButton, Group, Stack, Text } from '@mantine/core'
import { IconFileImport, IconFolder } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { mostFiles } from '#shared/logic/file-limits'
import styles from './ChooseFiles.module.css'
import { bytesOf, fitInto, readFiles, type SkippedFile, type Source } from './file-sources'
import { useFileTaker } from './file-taker'
import { SkippedFilesNotice } from './SkippedFiles'

interface ChooseFilesProps {
  label: string
  /** Which files, in words. */
  hint: string
  accept: string
  /** Names the button for a whole folder, where one makes sense. */
  folder?: string
  /** How many are of use here. With one, another takes its place. */
  most?: number
  /** How many of them are there already. */
  held?: number
  /** Nothing can be done without a file: a form that was sent without one leads here. */
  required?: boolean
  onFiles(sources: Source[]): void
}

/** A place for files: choose them, drop them anywhere, or paste their text. */
export function ChooseFiles(props: ChooseFilesProps) {
  const { label, hint, accept, folder, most = mostFiles, held = 0, required = false, onFiles } = props
  const [leftOut, setLeftOut] = useState<SkippedFile[]>([])
  useFileTaker((sources) => take(sources, []))

  function take(sources: Source[], unread: SkippedFile[]) {
    const fitting = fitInto(most - held, sources)
    setLeftOut([...unread, ...fitting.leftOut])
    if (fitting.taken.length > 0) onFiles(fitting.taken)
  }

  async function choose(files: File[]) {
    if (files.length === 0) return
    const gathered = await readFiles(files)
    take(bytesOf(gathered.files), gathered.leftOut)
  }

  return (
    <div className={styles.place}>
      <Stack align="center" gap="xs">
        <Group gap="xs" justify="center">
          <FileButton multiple accept={accept} onChange={(files) => void choose(files)}>
            {(chooser) => (
              <Button
                {...chooser}
                variant="light"
                data-missing={(required && held === 0) || undefined}
                leftSection={<IconFileImport size={18} aria-hidden />}
              >
                {label}
              </Button>
            )}
          </FileButton>
          {folder !== undefined && <ChooseFolder label={folder} onFiles={(files) => void choose(files)} />}
        </Group>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
        <SkippedFilesNotice leftOut={leftOut} most={most} />
      </Stack>
    </div>
  )
}

/** Every file of a folder at once. */
function ChooseFolder({ label, onFiles }: { label: string; onFiles(files: File[]): void }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current !== null) input.current.webkitdirectory = true
  }, [])
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])].filter(({ name }) => !name.startsWith('.')))
          // The same folder can be chosen again.
          event.currentTarget.value = ''
        }}
      />
      <Button
        variant="default"
        leftSection={<IconFolder size={18} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
    </>
  )
}
