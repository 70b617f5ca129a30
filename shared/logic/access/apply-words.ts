import type { UndoNote } from '../../model/access-plan'

/** Why applying a plan ended before its end, and what a person can do about it. */
export const stopWords = {
  changed:
    'The account has changed where the next step would write. Nothing more was written. Undo what was done, or plan again.',
  uncertain:
    'The last request may have been lost: what it should have created is not there. Check the dashboard, then resume with --send-again.',
  'not-settled': 'Cloudflare has not reported the last change yet. Resume later.',
  'written-otherwise':
    'Cloudflare reports something other than what was written. Nothing more was written. Check the dashboard, then resume, or undo what was done.',
  'not-read':
    'The API token can no longer read what the next step would change. Nothing more was written. Give it that permission, then resume.',
  refused: 'Cloudflare refused the next step. Fix the cause and resume, or undo what was done.',
  'test-failed':
    'The next step takes a CA off a hostname. Test it with a certificate of each CA, then resume with --tested and the hostname.',
} as const

/** The same in the window, where buttons do what options do in a terminal. */
export const stopWordsOnScreen: Record<keyof typeof stopWords, string> = {
  changed: 'The account has changed where the next step would write. Nothing more was written.',
  uncertain: 'The last request may have been lost: what it should have created is not there. Check the dashboard.',
  'not-settled': 'Cloudflare has not reported the last change yet.',
  'written-otherwise': 'Cloudflare reports something other than what was written. Check the dashboard.',
  'not-read': 'The token can no longer read what the next step would change. Give it that permission.',
  refused: 'Cloudflare refused the next step.',
  'test-failed': 'The next step takes a CA off a hostname. Test that with a certificate from each CA first.',
}

interface Standing {
  /** How many steps are done. */
  step: number
  total: number
  /** Of the step after these. */
  phase: 'ready' | 'sending' | 'sent'
}

/** What had been done of a plan when an error ended it; null where that is nothing. */
export function doneWords({ step, total, phase }: Standing): string | null {
  if (step === 0 && phase === 'ready') return null
  const done = [
    step === 0 ? [] : [`${firstSteps(step)} of ${total} had been done.`],
    phase === 'sending' ? [`Whether Cloudflare did step ${step + 1} of ${total} is not known.`] : [],
    phase === 'sent' ? [`Step ${step + 1} of ${total} had been sent and was not read back.`] : [],
  ]
  return [...done.flat(), 'The change can be resumed, or what was done can be undone.'].join(' ')
}

function firstSteps(count: number): string {
  if (count === 1) return 'Step 1'
  return count === 2 ? 'Steps 1 and 2' : `Steps 1 to ${count}`
}

interface TestedCa {
  hostname: string
  ca: string
  certificate: string | null
  outcome: 'let-in' | 'not-let-in' | 'not-tested'
  sentence: string | null
}

/** What Latchkey's own test of a hostname with a certificate of one CA showed. */
export function testWords({ hostname, ca, certificate, outcome, sentence }: TestedCa): string {
  if (certificate === null)
    return `${hostname}: not tested with a certificate of “${ca}”, because none with its key is here.`
  return `${hostname}: “${certificate}” of “${ca}” was ${results[outcome]}. ${sentence ?? ''}`
}

const results: Record<TestedCa['outcome'], string> = {
  'let-in': 'let in',
  'not-let-in': 'not let in',
  'not-tested': 'not tested',
}

/** Why an undo leaves something as it is. */
export const undoNoteWords: Record<UndoNote['why'], string> = {
  'changed-since': 'it was changed or deleted since',
  'in-use': 'something that was created later uses it',
  'block-stays': 'it keeps somebody out',
  'managed-elsewhere': 'it is managed elsewhere',
  irreversible: 'it was deleted, and an undo does not create it again',
}
