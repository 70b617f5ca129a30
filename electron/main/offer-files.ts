import { basename } from 'node:path'
import { type IncomingFile, readIncoming } from '#electron/platform/incoming-file'
import { isAppError } from '#shared/errors'
import { isListName, isRequestText } from '#shared/logic/request-files'
import { isSetupFile } from '#shared/logic/setup-file'
import type { InspectedFile } from '#shared/model/details'
import type { ChosenFile } from '#shared/model/file'
import type { Tickets } from './ipc/tickets'

interface Ports {
  tickets: Tickets
  inspect(files: IncomingFile[], password: null): Promise<InspectedFile[]>
}

/**
 * What the window gets of a file that was chosen in a dialog. Requests, lists of names and set-up files hold no secret and travel as
 * bytes, as if they had been dropped; of anything else the window only gets tickets.
 */
export async function offerFile(path: string, { tickets, inspect }: Ports): Promise<ChosenFile> {
  const file = await readIfPossible(path)
  if (file !== null && (isPublicList(file) || isSetupFile(file.bytes) || (await isRequest(file, inspect))))
    return { kind: 'bytes', name: file.name, bytes: new Uint8Array(file.bytes) }
  return {
    kind: 'tickets',
    name: basename(path),
    import: tickets.issue(path, 'import'),
    inspect: tickets.issue(path, 'inspect'),
  }
}

/** A file that cannot be read says so when it is used. */
async function readIfPossible(path: string): Promise<IncomingFile | null> {
  try {
    return await readIncoming(path, null)
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

const textOf = ({ bytes }: IncomingFile) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

const isPublicList = (file: IncomingFile) => isListName(file.name) && !textOf(file).includes('PRIVATE KEY')

/** Its name and its labels may lie: what it holds decides. */
async function isRequest(file: IncomingFile, inspect: Ports['inspect']): Promise<boolean> {
  if (!isRequestText(file.name, textOf(file))) return false
  const [seen] = await inspect([file], null)
  if (seen === undefined || seen.failures.length > 0 || seen.objects.length === 0) return false
  return seen.objects.every(({ kind }) => kind === 'request')
}
