import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { mostFiles } from '#shared/logic/file-limits'
import { countOf, formatCount } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import textStyles from '../components/text.module.css'
import type { SkippedFile } from './file-sources'

/** Names the files that were skipped, and why. */
export function SkippedFilesNotice({ leftOut, most = mostFiles }: { leftOut: SkippedFile[]; most?: number }) {
  if (leftOut.length === 0) return null
  return (
    <Alert
      role="alert"
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title="Some files were skipped"
      className={textStyles.wrap}
    >
      {skippedWords(leftOut, most).map((words) => (
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

/** Where fewer are of use than can be read at once, to add the others later would help nobody. */
function tooMany(names: string[], most: number): string {
  if (most === mostFiles) return `Only ${formatCount(mostFiles)} files can be added at once: add the others separately.`
  const limit = most === 1 ? 'one file is' : `${formatCount(most)} files are`
  return `${listed(names)} ${names.length === 1 ? 'was' : 'were'} left out: only ${limit} taken here.`
}

/** One sentence for each reason why files were left out, where at most so many are of use. */
export function skippedWords(leftOut: SkippedFile[], most = mostFiles): string[] {
  const reason = (why: keyof typeof reasons) => {
    const names = leftOut.filter((each) => each.why === why).map(({ name }) => name)
    return names.length === 0 ? [] : [`${listed(names)} ${reasons[why][names.length === 1 ? 0 : 1]}`]
  }
  const beyond = leftOut.filter(({ why }) => why === 'too-many').map(({ name }) => name)
  const last = beyond.length === 0 ? [] : [tooMany(beyond, most)]
  return [...reason('unreadable'), ...reason('too-deep'), ...reason('too-much'), ...last]
}

function listed(names: string[]): string {
  const first = names.slice(0, named).map((name) => quoted(name))
  return first.join(', ') + (names.length <= named ? '' : ` and ${countOf(names.length - named, 'other')}`)
}
