import type { Source } from './sources'

/** Enough for the first lines of a file, whatever stands above them. */
const looked = 16_384

/** Whether these files are for an issuer to sign: requests (CSRs), with or without a list (CSV) of their names. */
export function areRequests(sources: Source[]): boolean {
  return sources.length > 0 && sources.some(isRequest) && sources.every((one) => isRequest(one) || isList(one))
}

function isRequest(source: Source): boolean {
  if (source.kind !== 'bytes') return false
  const text = new TextDecoder('latin1').decode(source.bytes.subarray(0, looked))
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/gu)].map(([, label]) => label ?? '')
  if (labels.length === 0) return /\.(csr|p10|req)$/iu.test(source.name)
  return labels.every((label) => label === 'CERTIFICATE REQUEST' || label === 'NEW CERTIFICATE REQUEST')
}

const isList = (source: Source): boolean => source.kind === 'bytes' && /\.csv$/iu.test(source.name)
