import type { Jobs } from '#electron/jobs/jobs'
import { isPasswordFailure, type OpenedFile, wholeFile, wipeKeys } from '#electron/pki/containers/opened'
import { isAuthority, isIssuedBy } from '#electron/pki/x509/issued-by'
import { certificateSha256, readCertificate } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { certificateName } from '#shared/logic/naming'
import { neutralise } from '#shared/logic/neutralise'
import type { Sha256 } from '#shared/model/ids'
import { openFile } from '../open-file'

/** A certificate and its issuers. A file with more is a list, and a whole list must not be revoked by mistake. */
const mostCertificates = 20

/**
 * The one certificate (DER) that files are about: the only one that is not an issuer's, or else the only one that is nobody's
 * issuer. Keys in them are not looked at. Errors: those of opening a file, `nothing-usable` for one without a
 * certificate, `invalid-input` where it might be about several.
 */
export async function certificateInFiles(jobs: Jobs, files: IncomingFile[]): Promise<Uint8Array> {
  const found = new Map<Sha256, Uint8Array>()
  for (const file of files) {
    const opened = await openFile(jobs, file, null)
    wipeKeys(opened)
    const certificates = certificatesOf(opened)
    if (certificates.length === 0)
      throw new AppError('nothing-usable', `${file.name}: ${opened.format}, no certificate`)
    for (const der of certificates) found.set(certificateSha256(der), der)
  }
  const all = [...found.values()]
  const [only, ...others] = all.length > mostCertificates ? all : candidatesAmong(all)
  if (only !== undefined && others.length === 0) return only
  const names = all.slice(0, 3).map((der) => `“${nameOf(der)}”`)
  const rest = all.length > names.length ? ' and others' : ''
  const several = `It contains several certificates: ${names.join(', ')}${rest}. Choose a file with one.`
  throw new AppError('invalid-input', neutralise(several))
}

/** An encrypted key beside the certificate does not matter; a damaged part might have been another certificate. */
function certificatesOf(opened: OpenedFile): Uint8Array[] {
  const hasCertificate = opened.certificates.length > 0
  const failures = opened.failures.filter((failure) => !(hasCertificate && isPasswordFailure(failure)))
  const { certificates } = wholeFile({ ...opened, failures })
  return certificates.map(({ der }) => der)
}

function candidatesAmong(all: Uint8Array[]): Uint8Array[] {
  const leaves = all.filter((der) => !isAuthority(der))
  if (leaves.length > 0) return leaves
  return all.filter(
    (der) => !all.some((other) => other !== der && isIssuedBy(readCertificate(other), readCertificate(der))),
  )
}

const nameOf = (der: Uint8Array): string => certificateName(viewCertificate(der))
