import { z } from 'zod'
import { ChosenFiles } from './file'
import { AuthorityId, IdentityId } from './ids'

/** What the menu can open. `import` is the system's dialog for files. */
export const MenuScreen = z.enum(['new', 'settings', 'palette', 'import', 'activity'])
export type MenuScreen = z.infer<typeof MenuScreen>

/** What a notification is about. */
export const ShownThing = z.union([z.strictObject({ identity: IdentityId }), z.strictObject({ issuer: AuthorityId })])
export type ShownThing = z.infer<typeof ShownThing>

/** Something that the menu, the system or a second start of Latchkey asks of the window. */
export const WindowCommand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), screen: MenuScreen }),
  z.strictObject({ kind: z.literal('lock') }),
  /** The report for whoever asks what went wrong goes into the clipboard. */
  z.strictObject({ kind: z.literal('diagnostics') }),
  /** A notification was clicked. */
  z.strictObject({ kind: z.literal('show'), about: ShownThing }),
  z.strictObject({ kind: z.literal('files'), ...ChosenFiles.shape }),
])
export type WindowCommand = z.infer<typeof WindowCommand>
