import { rootCertificates } from 'node:tls'
import { certificatesIn } from '#electron/pki/x509/pem'
import { certificateMd5 } from '#electron/pki/x509/read'
import type { Md5 } from '#shared/model/access-account'

let known: ReadonlySet<Md5> | null = null

/** Roots that browsers trust (Mozilla's list, as Node has it): a valid certificate below one of them is for sale to anybody. */
export function publicRoots(): ReadonlySet<Md5> {
  known ??= new Set(rootCertificates.flatMap((pem) => certificatesIn(pem)).map(certificateMd5))
  return known
}
