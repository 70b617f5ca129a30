import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { countOf, formatCount } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
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
    'could not be opened: it no longer exists, or you do not have permission to read it.',
    'could not be opened: they no longer exist, or you do not have permission to read them.',
  ],
  'too-deep': [
    'is too many folders deep: add that folder separately.',
    'are too many folders deep: add those folders separately.',
  ],
  'too-much': [
    'was too large: all files together can have 256 MiB. Add it separately.',
    'were too large: all files together can have 256 MiB. Add them separately.',
  ],
}

const tooMany = `Only ${formatCount(mostFiles)} files can be added at once: add the others separately.`

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
  const first = names.slice(0, named).map((name) => quoted(name))
  return first.join(', ') + (names.length <= named ? '' : ` and ${countOf(names.length - named, 'other')}`)
}
