import type { ObjectDetails } from '#shared/model/details'
import type { OpenedFile } from '../containers/opened'
import { describeCertificate } from './certificate'
import { describeCrl } from './crl'
import { describeKeyObject } from './key'
import { describeRequest } from './request'

export { describeCertificate } from './certificate'

/** Everything that a file held, each object with all it says: certificates, keys, requests, CRLs, public keys. */
export async function describeObjects(file: OpenedFile): Promise<ObjectDetails[]> {
  return [
    ...file.certificates.map(({ der }) => describeCertificate(der)),
    ...file.keys.map(({ spki, label }) => describeKeyObject(spki, 'private-key', label)),
    ...(await Promise.all(file.requests.map(describeRequest))),
    ...file.crls.map(describeCrl),
    ...file.publicKeys.map((spki) => describeKeyObject(spki, 'public-key', null)),
  ]
}
