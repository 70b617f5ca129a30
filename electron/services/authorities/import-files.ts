import type { JobOptions, Jobs } from '#electron/jobs/jobs'
import { requireUsableKey } from '#electron/pki/authority/key-policy'
import { type OpenedFile, wholeFile } from '#electron/pki/containers/opened'
import { isAuthority, isIssuedBy } from '#electron/pki/x509/issued-by'
import { certificateKey, readCertificate } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { countOf, joinNames } from '#shared/logic/formatting'
import { openFile } from '../open-file'

/** The issuer in any number of files. Everything is DER; the caller wipes the key. */
export interface AuthorityMaterial {
  certificate: Uint8Array
  pkcs8: Uint8Array | null
  /** The other issuers in the files. */
  pool: Uint8Array[]
  crls: Uint8Array[]
}

/**
 * Errors: `password-needed`, `wrong-password` and the like of the files; `certificate-not-authority` for a leaf or a
 * server certificate among them, `no-matching-key` for a key of something else, `unsupported-algorithm` for an issuer that
 * Access refuses, `nothing-usable`.
 */
export async function readAuthority(
  jobs: Jobs,
  files: IncomingFile[],
  password: string | null,
  options: JobOptions,
): Promise<AuthorityMaterial> {
  const opened: OpenedFile[] = []
  for (const file of files) opened.push(wholeFile(await openFile(jobs, file, password, options)))
  const keys = opened.flatMap((file) => file.keys)
  const all = [...new Map(opened.flatMap((file) => file.certificates).map(({ der }) => [hex(der), der])).values()]
  const stranger = all.find((der) => !isAuthority(der))
  if (stranger !== undefined) throw new AppError('certificate-not-authority', viewCertificate(stranger).subject)
  if (all.length === 0) throw new AppError('nothing-usable', insteadOfCertificate(opened))
  const own = all.filter((der) => keyFor(der) !== null)
  if (keys.length > 0 && own.length === 0) throw new AppError('no-matching-key')
  const certificate = lowest(own.length > 0 ? own : all)
  requireUsableKey(certificateKey(certificate))
  const pkcs8 = keyFor(certificate)
  for (const key of keys) if (key.pkcs8 !== pkcs8) key.pkcs8.fill(0)
  return {
    certificate,
    pkcs8,
    pool: all.filter((der) => der !== certificate),
    crls: opened.flatMap(({ crls }) => crls),
  }

  function keyFor(der: Uint8Array): Uint8Array | null {
    const spki = certificateKey(der)
    return keys.find((key) => Buffer.compare(key.spki, spki) === 0)?.pkcs8 ?? null
  }
}

/** For example "It holds a public key and no certificate.", so that the person sees which file it was. */
function insteadOfCertificate(files: OpenedFile[]): string {
  const counts: [number, string, string][] = [
    [files.flatMap(({ keys }) => keys).length, 'private key', 'private keys'],
    [files.flatMap(({ publicKeys }) => publicKeys).length, 'public key', 'public keys'],
    [files.flatMap(({ requests }) => requests).length, 'request (CSR)', 'requests (CSRs)'],
    [files.flatMap(({ crls }) => crls).length, 'CRL', 'CRLs'],
  ]
  const held = counts.filter(([count]) => count > 0)
  if (held.length === 0) return 'There is no certificate of an issuer (CA) in it.'
  const words = held.map(([count, one, many]) => (count === 1 ? `a ${one}` : countOf(count, one, many)))
  if (files.length === 1 && words.length === 1) return `It holds ${joinNames(words)} and no certificate.`
  return `${files.length === 1 ? 'It holds' : 'The files hold'} ${joinNames(words)}, and no certificate.`
}

/** Of a whole chain the one that issued none of the others: it signs the clients. */
function lowest(certificates: Uint8Array[]): Uint8Array {
  const found =
    certificates.find(
      (der) => !certificates.some((other) => other !== der && isIssuedBy(readCertificate(other), readCertificate(der))),
    ) ?? certificates[0]
  if (found === undefined) throw new AppError('nothing-usable')
  return found
}

const hex = (der: Uint8Array) => Buffer.from(der).toString('hex')
