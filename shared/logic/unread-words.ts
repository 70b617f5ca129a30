import { messages } from '../messages'
import type { InspectFailure } from '../model/details'

/** "old.ppk: Latchkey cannot read this kind of file: a PuTTY key." */
export function unreadWords({ where, code, detail }: InspectFailure): string {
  const title = messages[code].title.replace(/\.$/u, '')
  const isMore = detail !== null && detail !== where
  return `${where}: ${title}${isMore ? `: ${detail.replace(/\.$/u, '')}` : ''}.`
}
