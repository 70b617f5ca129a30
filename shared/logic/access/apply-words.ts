import type { UndoNote } from '../../model/access-plan'

/** Why applying a plan ended before its end, and what a person can do about it. */
export const stopWords = {
  changed:
    'Somebody else has changed what the next step would change. Nothing more was written. Undo what was done, or plan again.',
  uncertain:
    'The last request may have been lost: what it should have created is not there. Check the dashboard, then resume with --send-again.',
  'not-settled': 'Cloudflare has not reported the last change yet. Resume later.',
  'written-otherwise':
    'Cloudflare reports something other than what was written. Nothing more was written. Check the dashboard, then resume, or undo what was done.',
  'not-read':
    'The API token can no longer read what the next step would change. Nothing more was written. Give it that permission, then resume.',
  refused: 'Cloudflare refused the next step. Fix the cause and resume, or undo what was done.',
  'test-failed':
    'The next step takes a CA off a hostname. Test it with a certificate of each CA, then resume with --tested.',
} as const

/** Why an undo leaves something as it is. */
export const undoNoteWords: Record<UndoNote['why'], string> = {
  'changed-since': 'somebody else has changed it since',
  'in-use': 'something that was created later uses it',
  'block-stays': 'it keeps somebody out',
  irreversible: 'it was deleted and cannot be restored with the same ID',
}
