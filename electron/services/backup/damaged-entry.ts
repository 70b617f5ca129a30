import { AppError } from '#shared/errors'

/** An entry that was encrypted with the passphrase and still makes no sense. */
export const damagedEntry = (section: string) =>
  new AppError('backup-damaged', `An entry cannot be used (${section.slice(0, 64)}).`)
