import { z } from 'zod'

/** Halves of the app that only an administrator needs. The side bar, the menu and the palette leave them out until then. */
export const AreaName = z.enum(['issuers', 'access'])
export type AreaName = z.infer<typeof AreaName>

const Area = z.strictObject({
  /** There is something in it, so it is shown in any case. */
  isUsed: z.boolean(),
  /** In Settings, or by a first visit. */
  isSwitchedOn: z.boolean(),
})

export const Areas = z.strictObject({ issuers: Area, access: Area })
export type Areas = z.infer<typeof Areas>
