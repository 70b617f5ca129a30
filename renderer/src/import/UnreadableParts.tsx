import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { unreadWords } from '#shared/logic/file-words'
import { countOf } from '#shared/logic/formatting'
import type { InspectFailure } from '#shared/model/details'
import textStyles from '../components/text.module.css'

/** At most this many are named. */
const named = 5

/** Files, and parts of files, that came along and could not be read. */
export function UnreadableParts({ failures }: { failures: InspectFailure[] }) {
  if (failures.length === 0) return null
  const others = failures.length - named
  return (
    <Alert
      role="alert"
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title="Not everything could be read"
      className={textStyles.wrap}
    >
      {failures.slice(0, named).map((failure, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none of them moves
        <div key={index}>{unreadWords(failure)}</div>
      ))}
      {others > 0 && <div>And {countOf(others, 'other')}.</div>}
    </Alert>
  )
}
