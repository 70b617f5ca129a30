import type { Jobs } from '#electron/jobs/jobs'
import { type OpenedFile, wholeFile, wipeKeys } from '#electron/pki/containers/opened'
import { isAuthority } from '#electron/pki/x509/issued-by'
import type { Clock } from '#electron/platform/clock'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import type { PathVerdict } from '#shared/model/path'
import { openFile } from './open-file'

export interface VerifyInput {
  /** Holds the certificate to judge: the first that is no issuer's. Whatever else is in it counts as chain. */
  file: IncomingFile
  /** Issuers and CRLs, in any order and format. */
  others: IncomingFile[]
  /** What is trusted; null for the self-signed certificates among all the files. */
  roots: IncomingFile[] | null
  /** Null for now. */
  at: Date | null
  /** `required`: every issuer's CRL has to be there. */
  revocation: 'given' | 'required'
  password: string | null
}

/** Far more than any organisation has; anything beyond is a mistake or an attack. */
const mostCertificates = 5000

/**
 * Whether a certificate is good for client authentication, by the files that came with it; nothing is kept. Errors: those
 * of opening a file, and `nothing-usable` where the first file holds no certificate.
 */
export function createVerify({ jobs, clock }: { jobs: Jobs; clock: Clock }) {
  async function open(file: IncomingFile, password: string | null): Promise<OpenedFile> {
    const opened = await openFile(jobs, file, password)
    wipeKeys(opened)
    // A revocation list that cannot be read must not be taken for one that is not there.
    return wholeFile(opened)
  }

  return async ({ file, others, roots, at, revocation, password }: VerifyInput): Promise<PathVerdict> => {
    const first = await open(file, password)
    const rest = await Promise.all(others.map((other) => open(other, password)))
    const trusted = roots === null ? null : await Promise.all(roots.map((root) => open(root, password)))
    const own = first.certificates.map(({ der }) => der)
    const certificate = own.find((der) => !isAuthority(der)) ?? own[0]
    if (certificate === undefined) throw new AppError('nothing-usable', `${file.name}: ${first.format}, no certificate`)
    const chain = [...own.filter((der) => der !== certificate), ...certificatesIn(rest)]
    if (chain.length > mostCertificates) throw new AppError('too-large', countOf(chain.length, 'certificate'))
    return jobs.run('verify-path', {
      certificate,
      chain,
      roots: trusted === null ? null : certificatesIn(trusted),
      crls: [first, ...rest].flatMap(({ crls }) => crls),
      at: at ?? clock.now(),
      revocation,
    })
  }
}

const certificatesIn = (files: OpenedFile[]) => files.flatMap(({ certificates }) => certificates.map(({ der }) => der))
