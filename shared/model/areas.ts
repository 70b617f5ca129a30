import { z } from 'zod'

/**
 * Parts of the app that not everybody needs. The side bar, the menu and the palette leave out those for administrators until
 * they are used, and all that an organisation hides.
 */
export const AreaName = z.enum(['issuers', 'access', 'practice'])
export type AreaName = z.infer<typeof AreaName>

const Area = z.strictObject({
  /** There is something in it, so it is shown in any case. */
  isUsed: z.boolean(),
  /** In Settings, or by a first visit. */
  isSwitchedOn: z.boolean(),
  /** By the policy of this computer, whatever else is so. */
  isHidden: z.boolean(),
})

export const Areas = z.strictObject({ issuers: Area, access: Area, practice: Area })
export type Areas = z.infer<typeof Areas>
