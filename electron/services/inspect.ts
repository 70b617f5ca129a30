import type { Jobs } from '#electron/jobs/jobs'
import { viewCertificate } from '#electron/pki/certificate'
import { failureDetail, type OpenedFile } from '#electron/pki/containers/opened'
import { describeKey, keyCodeOf } from '#electron/pki/keys'
import { readRequest } from '#electron/pki/request'
import { type ErrorCode, isAppError } from '#shared/errors'
import type { CertificateView } from '#shared/model/certificate'
import type { KeyCode } from '#shared/model/key'
import type { IncomingFile } from './identities/files'

export interface Inspected {
  name: string
  format: string | null
  certificates: CertificateView[]
  /** Keys are named by their public half only; `pairs` are the certificates of the same file that belong to them. */
  keys: { algorithm: string; keyCode: KeyCode; pairs: string[] }[]
  requests: { subject: string; keyCode: KeyCode; alternativeNames: string[]; signatureValid: boolean }[]
  crls: number
  publicKeys: { algorithm: string; keyCode: KeyCode }[]
  error: { code: ErrorCode; detail: string | null } | null
}

/** What files are and hold, without filing anything. One unreadable file does not hide the others. */
export function createInspect({ jobs }: { jobs: Jobs }) {
  return (files: IncomingFile[], password: string | null) =>
    Promise.all(files.map((file) => inspect(jobs, file, password)))
}

async function inspect(jobs: Jobs, file: IncomingFile, password: string | null): Promise<Inspected> {
  try {
    const opened = await jobs.run('open-file', { name: file.name, bytes: file.bytes, password })
    for (const key of opened.keys) key.pkcs8.fill(0)
    return await describe(file.name, opened)
  } catch (error) {
    if (!isAppError(error)) throw error
    return { ...nothing(file.name), error: { code: error.code, detail: error.detail } }
  }
}

async function describe(name: string, opened: OpenedFile): Promise<Inspected> {
  const [failure] = opened.failures
  const certificates = opened.certificates.map(({ der }) => viewCertificate(der))
  const named = (spki: Uint8Array) => ({ algorithm: describeKey(spki), keyCode: keyCodeOf(spki) })
  return {
    name,
    format: opened.format,
    certificates,
    keys: opened.keys.map(({ spki }) => {
      const key = named(spki)
      const pairs = certificates.filter((certificate) => certificate.keyCode === key.keyCode)
      return { ...key, pairs: pairs.map((certificate) => certificate.sha256) }
    }),
    requests: await Promise.all(
      opened.requests.map(async (der) => {
        const { subject, spki, alternativeNames, signatureValid } = await readRequest(der)
        return { subject, keyCode: keyCodeOf(spki), alternativeNames, signatureValid }
      }),
    ),
    crls: opened.crls.length,
    publicKeys: opened.publicKeys.map(named),
    error: failure === undefined ? null : { code: failure.code, detail: failureDetail(failure) },
  }
}

const nothing = (name: string): Inspected => ({
  name,
  format: null,
  certificates: [],
  keys: [],
  requests: [],
  crls: 0,
  publicKeys: [],
  error: null,
})
