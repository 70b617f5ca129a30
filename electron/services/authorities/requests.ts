import type { JobOptions, Jobs } from '#electron/jobs/jobs'
import type { FoundRequest, ListedRequest, Unreadable } from '#electron/pki/authority/lists/request-list'
import type { RequestedCertificate } from '#electron/pki/authority/requested'
import { describeKey, keyCodeOf } from '#electron/pki/keys'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { type AppError, isAppError } from '#shared/errors'
import { isListName } from '#shared/logic/request-files'
import { messages } from '#shared/messages'
import type { ListEncoding, RequestBatch, RequestPreview } from '#shared/model/authority'

export interface ReadOptions extends JobOptions {
  /** Of lists that are not Unicode. */
  encoding?: ListEncoding | null
}

export interface BatchRow {
  preview: RequestPreview
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
  /** The request itself, DER. */
  request: Uint8Array
  /** The attributes of the subject that it asks for. */
  asked: RequestedCertificate['attributes']
}

const reasonOf = ({ code, detail }: Pick<AppError, 'code' | 'detail'>) => detail ?? messages[code].title

/** CSRs in any format and lists (CSV) that name them, read and judged; nothing is signed. */
export async function readRequests(
  jobs: Jobs,
  files: IncomingFile[],
  { encoding = null, ...options }: ReadOptions,
): Promise<{ rows: BatchRow[] } & Pick<RequestBatch, 'listFaults' | 'unreadable' | 'ignored'>> {
  const unreadable: Unreadable = []
  const found: FoundRequest[] = []
  for (const file of files.filter(({ name }) => !isListName(name))) {
    try {
      const opened = await jobs.run('open-file', { name: file.name, bytes: file.bytes, password: null }, options)
      const { requests, failures } = opened
      unreadable.push(...failures.map((failure) => ({ source: file.name, reason: reasonOf(failure) })))
      found.push(...requests.map((der) => ({ source: file.name, der })))
      if (requests.length + failures.length === 0)
        unreadable.push({ source: file.name, reason: 'There is no request (CSR) in it.' })
    } catch (error) {
      if (!isAppError(error) || error.code === 'cancelled') throw error
      unreadable.push({ source: file.name, reason: reasonOf(error) })
    }
  }
  const lists = files.filter(({ name }) => isListName(name))
  const matched = await jobs.run('match-list', { lists, found, encoding }, options)
  const { requests: listed, ignored, faults: listFaults } = matched
  const reviewed = await jobs.run('review-requests', { requests: listed.map(({ der }) => der) }, options)
  const rows: BatchRow[] = []
  const seen = new Map<string, string>()
  for (const [index, request] of listed.entries()) {
    const asked = reviewed[index] ?? null
    if (asked === null) {
      unreadable.push({ source: request.source, reason: 'The request (CSR) cannot be read.' })
      continue
    }
    const preview = previewOf(rows.length, request, asked, seen)
    rows.push({ preview, spki: asked.spki, request: request.der, asked: asked.attributes })
  }
  return { rows, listFaults, unreadable, ignored }
}

/** `seen`: the sources of the keys met before; one key gets one certificate. */
function previewOf(
  row: number,
  { source, listed, keyCode: expected }: ListedRequest,
  asked: RequestedCertificate,
  seen: Map<string, string>,
): RequestPreview {
  const keyCode = keyCodeOf(asked.spki)
  const twin = seen.get(keyCode)
  seen.set(keyCode, twin ?? source)
  return {
    row,
    source,
    keyCode,
    listedKeyCode: expected,
    publicKey: describeKey(asked.spki),
    requested: { subject: asked.subject, commonName: asked.commonName, ...asked.names },
    listed,
    form: listed ?? asked.form,
    extensions: asked.extensions,
    refusal: asked.refusal ?? otherKey(expected, keyCode) ?? duplicate(twin),
  }
}

function otherKey(expected: string | null, keyCode: string): string | null {
  if (expected === null || expected === keyCode) return null
  return `The list names the key ${expected}, but this request is for ${keyCode}: someone may have replaced it.`
}

const duplicate = (twin: string | undefined) => (twin === undefined ? null : `${twin} has the same key.`)
