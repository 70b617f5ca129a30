import { z } from 'zod'

/** Latchkey's own folder, as far as the system tells: on Windows nothing is asked and nothing is claimed. */
export const HomeState = z.strictObject({
  /** Whether other accounts can write to the folder. `shared`: it is everybody's, such as /tmp, and must stay open. */
  openness: z.enum(['closed', 'open', 'shared']),
  /** False where the file system has no permissions, so that nothing in it can be closed to others. */
  keepsModes: z.boolean(),
})
export type HomeState = z.infer<typeof HomeState>
