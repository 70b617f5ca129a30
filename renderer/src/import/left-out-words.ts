import { countOf } from '#shared/logic/formatting'
import { mostFiles } from '#shared/model/file'
import type { LeftOut } from './sources'

/** So many are named; a list of hundreds of names tells nobody more. */
const named = 5

/** One sentence for each reason why files were left out. */
export function leftOutWords(leftOut: LeftOut[]): string[] {
  const of = (why: LeftOut['why']) => leftOut.filter((each) => each.why === why).map(({ name }) => name)
  return [
    sentence(of('unreadable'), 'could not be opened: gone, or you may not read it.'),
    sentence(of('too-deep'), 'lies too many folders deep. Drop that folder by itself.'),
    sentence(of('too-much'), 'was one too many: files may have 256 MiB together. Bring the rest by itself.'),
    of('too-many').length === 0
      ? ''
      : `Only ${mostFiles.toLocaleString('en-GB')} files are taken at once. Bring the rest by itself.`,
  ].filter((words) => words !== '')
}

function sentence(names: string[], words: string): string {
  if (names.length === 0) return ''
  const first = names
    .slice(0, named)
    .map((name) => `“${name}”`)
    .join(', ')
  const rest = names.length <= named ? '' : ` and ${countOf(names.length - named, 'other')}`
  return `${first}${rest} ${words}`
}
