import { z } from 'zod'
import { MAX_SETUP_BYTES } from '../logic/setup-file'
import { KeyCode } from '../model/key'
import { MadeSetup, SetupDraft, SetupReview } from '../model/setup-file'

/** One byte more than is ever read, so that a file that is too large is recognised as such. */
const file = z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MAX_SETUP_BYTES + 1, 'too large')

/** What an administrator gives to people, so that they need not type it. */
export const setupRows = {
  /** Into a file that the person chooses: its name, or null when the dialog was closed. */
  'setup.make': () => ({
    in: SetupDraft,
    out: MadeSetup.omit({ text: true }).extend({ name: z.string().nullable() }),
  }),
  /** What a file or a link says; changes nothing. */
  'setup.review': () => ({ in: z.strictObject({ file }), out: SetupReview }),
  /** Adds its sites. `compared`: the code of its key that the person has compared with their administrator. */
  'setup.use': () => ({ in: z.strictObject({ file, compared: KeyCode.nullable() }), out: SetupReview }),
} as const
