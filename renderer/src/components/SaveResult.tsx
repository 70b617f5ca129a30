import { Text } from '@mantine/core'
import { ErrorNotice } from './ErrorNotice'

interface SaveResultProps {
  /** The result of saving a file; the name is null where the dialog was cancelled. */
  save: { data: { name: string | null } | undefined; error: unknown }
}

/** Under the button that saves a file: under which name it is saved, or why it is not. */
export function SaveResult({ save: { data, error } }: SaveResultProps) {
  if (error !== null) return <ErrorNotice error={error} />
  if (data === undefined || data.name === null) return null
  return (
    <Text size="sm" role="status">
      Saved as {data.name}.
    </Text>
  )
}
