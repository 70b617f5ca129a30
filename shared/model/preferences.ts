import { z } from 'zod'
import { AreaName } from './areas'
import { VaultPreferences } from './vault'

/** Everything that a person has chosen about this app, in one file. What is missing there has its default. */
export const AppPreferences = VaultPreferences.extend({
  areasSwitchedOn: AreaName.array().default([]),
  /** Whether an issuer may make keys for other people. */
  keysForOthers: z.boolean().default(false),
  /** Whether the app stays in the tray when its window is closed. */
  keepsRunning: z.boolean().default(false),
})
export type AppPreferences = z.infer<typeof AppPreferences>
