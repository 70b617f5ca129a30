import type { TagRefusal } from '#electron/database/database'
import { AppError } from '#shared/errors'
import { quoted } from '#shared/logic/isolate'
import { labelLimits } from '#shared/logic/label-limits'

/** Passes where the tag was added. @param gone What is said where one of them is gone. Errors: `not-found`, `invalid-input`. */
export function orRefused(refusal: TagRefusal | null, gone: string): void {
  if (refusal === null) return
  if (refusal.reason === 'gone') throw new AppError('not-found', gone)
  throw new AppError('invalid-input', `${quoted(refusal.name)} already has ${labelLimits.tags} tags.`)
}
