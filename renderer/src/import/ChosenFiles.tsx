import { ActionIcon, Group, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import textStyles from '../components/text.module.css'
import styles from './ChosenFiles.module.css'
import type { Source } from './file-sources'

const nameOf = (source: Source): string => (source.kind === 'bytes' ? source.name : 'a chosen file')

export function ChosenFiles({ files, onRemove }: { files: Source[]; onRemove(file: Source): void }) {
  if (files.length === 0) return null
  return (
    <ul className={styles.files} aria-label="Chosen files">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have the same name
        <li key={index}>
          <Group gap={4} wrap="nowrap" justify="space-between">
            <Text size="sm" className={textStyles.wrap}>
              {nameOf(file)}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Leave out ${nameOf(file)}`}
              onClick={() => onRemove(file)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </li>
      ))}
    </ul>
  )
}
