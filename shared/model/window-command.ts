import { z } from 'zod'
import { AccessCaId } from './access-account'
import { ChosenFiles } from './file'
import { AuthorityId, IdentityId, Sha256 } from './ids'

/** What can be done from anywhere, by the menu and the palette. `shared/logic/actions.ts` has the words of each. */
export const ActionId = z.enum([
  'new',
  'open',
  'look',
  'convert',
  'export',
  'backup',
  'renew',
  'check-site',
  'add-site',
  'lock',
  'find',
  'palette',
  'certificates',
  'connections',
  'authorities',
  'access',
  'practice',
  'activity',
  'settings',
  'test-all',
  'issue',
  'issued',
  'issuer-set-up',
  'new-root',
  'import-issuer',
  'connect-signer',
  'setup-file',
  'who-gets-in',
  'protect',
  'block',
  'roll-over',
  'expiry-alert',
  'light',
  'dark',
  'system',
  'about',
  'walkthrough',
  'diagnostics',
  'log',
  'command-tool',
  'licences',
  'zoom-in',
  'zoom-out',
  'zoom-reset',
  'full-screen',
  'quit',
])
export type ActionId = z.infer<typeof ActionId>

/** What the main process does to the window, and not the page in it. */
export const WindowAct = ActionId.extract(['zoom-in', 'zoom-out', 'zoom-reset', 'full-screen', 'quit'])
export type WindowAct = z.infer<typeof WindowAct>

/** What a notification is about. */
export const ShownThing = z.union([
  z.strictObject({ identity: IdentityId }),
  z.strictObject({ issuer: AuthorityId }),
  /** A certificate that only stores of this computer have. */
  z.strictObject({ stored: Sha256 }),
])
export type ShownThing = z.infer<typeof ShownThing>

/** The same, or a CA in Access, for which there is no calendar file. */
export const NotifiedThing = z.union([ShownThing, z.strictObject({ uploadedCa: AccessCaId })])
export type NotifiedThing = z.infer<typeof NotifiedThing>

/** Something that the menu, the system or a second start of Latchkey asks of the window. */
export const WindowCommand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('act'), action: ActionId }),
  /** A notification was clicked. */
  z.strictObject({ kind: z.literal('show'), about: NotifiedThing }),
  /** The same for one certificate that ends: with the window to renew it. */
  z.strictObject({ kind: z.literal('renew'), identity: IdentityId }),
  z.strictObject({ kind: z.literal('files'), ...ChosenFiles.shape }),
])
export type WindowCommand = z.infer<typeof WindowCommand>
