import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { countOf, formatCount } from '#shared/logic/formatting'
import { mostFiles } from '#shared/model/file'
import textStyles from '../components/text.module.css'
import type { SkippedFile } from './file-sources'

/** Names the files that were skipped, and why. */
export function SkippedFilesNotice({ leftOut }: { leftOut: SkippedFile[] }) {
  if (leftOut.length === 0) return null
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title="Some files were skipped"
      className={textStyles.wrap}
    >
      {skippedWords(leftOut).map((words) => (
        <div key={words}>{words}</div>
      ))}
    </Alert>
  )
}

/** At most this many are named. */
const named = 5

/** For one file and for several. */
const reasons: Record<Exclude<SkippedFile['why'], 'too-many'>, [string, string]> = {
  unreadable: [
    'could not be opened: it is gone, or you may not read it.',
    'could not be opened: they are gone, or you may not read them.',
  ],
  'too-deep': [
    'lies too many folders deep: add that folder separately.',
    'lie too many folders deep: add those folders separately.',
  ],
  'too-much': [
    'was too much: files may have 256 MiB together. Add it separately.',
    'were too much: files may have 256 MiB together. Add them separately.',
  ],
}

const tooMany = `Only ${formatCount(mostFiles)} files are taken at once: add the others separately.`

/** One sentence for each reason why files were left out. */
export function skippedWords(leftOut: SkippedFile[]): string[] {
  const reason = (why: keyof typeof reasons) => {
    const names = leftOut.filter((each) => each.why === why).map(({ name }) => name)
    return names.length === 0 ? [] : [`${listed(names)} ${reasons[why][names.length === 1 ? 0 : 1]}`]
  }
  const hasTooMany = leftOut.some(({ why }) => why === 'too-many')
  return [...reason('unreadable'), ...reason('too-deep'), ...reason('too-much'), ...(hasTooMany ? [tooMany] : [])]
}

function listed(names: string[]): string {
  const first = names.slice(0, named).map((name) => `“${name}”`)
  return first.join(', ') + (names.length <= named ? '' : ` and ${countOf(names.length - named, 'other')}`)
}
