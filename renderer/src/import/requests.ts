import { isListName, isRequestText } from '#shared/logic/request-files'
import type { ReceivedFile, Source } from './file-sources'

/** Enough for the first lines of a file, whatever stands above them. */
const HEAD_BYTES = 16_384

/** Whether these files are for an issuer to sign: requests (CSRs), with or without a list (CSV) of their names. */
export function areRequests(files: ReceivedFile[]): boolean {
  return files.some(isRequest) && files.every((one) => isRequest(one) || isList(one))
}

/** Requests always come as bytes; of a dialog's files, the main process has found out which are. */
const isRequest = (file: ReceivedFile): boolean =>
  file.kind === 'bytes' &&
  isRequestText(file.name, new TextDecoder('latin1').decode(file.bytes.subarray(0, HEAD_BYTES)))

const isList = (file: ReceivedFile): boolean => file.kind === 'bytes' && isListName(file.name)

let kept: { number: number; sources: Source[] } = { number: 0, sources: [] }

/** Keeps files that an issuer is to sign and returns their number, so that a place need not hold bytes. Only the latest are kept. */
export function keepRequests(sources: Source[]): number {
  kept = { number: kept.number + 1, sources }
  return kept.number
}

export const keptRequests = (number: number): Source[] => (number === kept.number ? kept.sources : [])

export function forgetRequests(): void {
  kept = { ...kept, sources: [] }
}
