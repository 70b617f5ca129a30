import { contentWords } from '#shared/logic/file-words'
import { countOf, formatCount } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { messages } from '#shared/messages'
import type { InspectedFile, InspectFailure } from '#shared/model/details'
import { type FileEntry, isClosed } from './file-inspection'

/** Which of the file's objects belongs to this one; empty where none does. */
export function pairWords({ objects, pairs }: InspectedFile, index: number): string {
  const partners = pairs.flatMap(({ key, certificate }) => (key === index ? [objects[certificate]?.title ?? ''] : []))
  if (partners.length > 0) return `belongs to ${partners.map(quoted).join(', ')}`
  return pairs.some(({ certificate }) => certificate === index) ? 'its private key is in this file' : ''
}

/** What a password still keeps closed: the file, or parts of it. */
export function closedWords(closed: InspectFailure[]): string {
  const places = closed.map(({ where }) => where).filter((where) => where !== '')
  return places.length === 0 ? 'It is protected with a password.' : `Protected with a password: ${places.join(', ')}.`
}

/** One line for a file in a list of many. */
export function entryWords(entry: FileEntry): string {
  const { look } = entry
  switch (look.kind) {
    case 'waiting':
      return 'not read yet'
    case 'reading':
      return 'reading…'
    case 'failed':
      return 'could not be opened'
    case 'seen': {
      const parts = [contentWords(look.seen), isClosed(entry) ? 'has a password' : firstFailure(look.seen)]
      return parts.filter((words) => words !== '').join('; ')
    }
  }
}

function firstFailure({ failures, objects }: InspectedFile): string {
  const [first] = failures
  if (first === undefined) return ''
  if (objects.length > 0) return `${countOf(failures.length, 'part')} could not be read`
  return messages[first.code].title.replace(/\.$/u, '')
}

/** How far the reading is, and what came of it. */
export function summaryWords(files: readonly FileEntry[]): string {
  const count = (fits: (entry: FileEntry) => boolean) => files.filter(fits).length
  const waiting = count(({ look }) => look.kind === 'waiting' || look.kind === 'reading')
  if (waiting > 0) return `${formatCount(files.length - waiting)} of ${countOf(files.length, 'file')} read`
  const closed = count(isClosed)
  const broken = count((entry) => !isClosed(entry) && isBroken(entry))
  return [
    countOf(files.length, 'file'),
    closed === 0 ? '' : `${formatCount(closed)} with a password`,
    broken === 0 ? '' : `${formatCount(broken)} that could not be read`,
  ]
    .filter((words) => words !== '')
    .join(', ')
}

const isBroken = ({ look }: FileEntry): boolean =>
  look.kind === 'failed' || (look.kind === 'seen' && look.seen.failures.length > 0)
