import type { UndoNote } from '../../model/access-plan'

/** Why applying a plan ended before its end, and what a person can do about it. */
export const stopWords = {
  changed: 'Somebody else has changed what the next step is about. Nothing more was written. Undo it, or plan again.',
  uncertain:
    'It is unknown whether the last request arrived, and what it should have made is not there. Look at the dashboard, then resume with --send-again.',
  'not-settled': 'Cloudflare has not reported the last change yet. Resume later.',
  refused: 'Cloudflare refused the next step. Resume once the cause is removed, or undo it.',
  'test-failed':
    'The next step takes a CA off a hostname. Test it with a certificate of each CA, then resume with --tested.',
} as const

/** Why an undo leaves something as it is. */
export const undoNoteWords: Record<UndoNote['why'], string> = {
  'changed-since': 'somebody else has changed it since',
  'in-use': 'something that was made later uses it',
  'block-stays': 'it keeps somebody out',
  irreversible: 'it was deleted, and does not come back with the same ID',
}
