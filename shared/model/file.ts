import { z } from 'zod'
import { MAX_FILE_BYTES, mostFiles } from '../logic/file-limits'
import { InspectedFile } from './details'
import { TicketId } from './ids'

const FileBytes = z.strictObject({
  kind: z.literal('bytes'),
  name: z.string().max(255),
  /** One byte more than is ever read, so that a file that is too large is recognised as such. */
  bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MAX_FILE_BYTES + 1, 'larger than 16 MiB'),
})

/** A file as the screens hand it over: bytes for drops and pastes, a ticket for files chosen in a dialog. */
export const FileSource = z.discriminatedUnion('kind', [
  FileBytes,
  z.strictObject({ kind: z.literal('ticket'), ticket: TicketId }),
])
export type FileSource = z.infer<typeof FileSource>

/** A file that was chosen in a dialog: one ticket for each thing that may be done with it, or its bytes if they are public. */
export const ChosenFile = z.discriminatedUnion('kind', [
  FileBytes,
  z.strictObject({ kind: z.literal('tickets'), name: z.string(), import: TicketId, inspect: TicketId }),
])
export type ChosenFile = z.infer<typeof ChosenFile>

/** `leftOut`: how many more there were than are taken at once. */
export const ChosenFiles = z.strictObject({
  files: z.array(ChosenFile).max(mostFiles),
  leftOut: z.number().int().nonnegative(),
})
export type ChosenFiles = z.infer<typeof ChosenFiles>

/** `again`: the ticket for another look, with a password say; null where the file came as bytes. */
export const LookedInside = z.strictObject({ file: InspectedFile, again: TicketId.nullable() })
export type LookedInside = z.infer<typeof LookedInside>
