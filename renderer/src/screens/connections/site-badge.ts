import { verdictBadge } from '#shared/logic/verdict-badge'
import type { Host } from '#shared/model/host'

/** How a site stands by its last test, in a word or two. */
export function siteBadge({ lastVerdict, lastTestGood }: Host): { words: string; color: string } {
  if (lastVerdict !== null) return verdictBadge(lastVerdict)
  // Tested by a version that kept no more than this.
  if (lastTestGood === null) return { words: 'Not tested', color: 'gray' }
  return lastTestGood ? { words: 'Good', color: 'teal' } : { words: 'Needs attention', color: 'orange' }
}
