import type { Handlers } from '#shared/ipc/contract'

export type FileHandlers = Pick<Handlers, 'files.inspect' | 'files.verify'>

const later = () => Promise.reject(new Error('not built yet'))

/** Looking at files without filing anything. */
export function createFileHandlers(): FileHandlers {
  return { 'files.inspect': later, 'files.verify': later }
}
