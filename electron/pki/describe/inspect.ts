import { isAppError } from '#shared/errors'
import type { InspectedFile, ObjectDetails } from '#shared/model/details'
import { type Budget, createBudget } from '../containers/budget'
import { type OpenInput, openFile } from '../containers/open'
import { failureReport, type OpenedFile, wipeKeys } from '../containers/opened'
import { certificateKey } from '../x509/read'
import { describeCertificate } from './certificate'
import { describeCrl } from './crl'
import { describeKeyObject } from './key'
import { describeRequest } from './request'

/**
 * What a file is and holds, and what of it could not be read. Keys are wiped as soon as their public halves are known.
 * Never throws for what a file may hold. Decryption takes as long as the file's maker wished: run it in a job.
 */
export async function inspectFile(input: OpenInput, work: Budget = createBudget()): Promise<InspectedFile> {
  const { name } = input
  try {
    const file = await openFile(input, work)
    wipeKeys(file)
    const failures = file.failures.map(failureReport)
    return {
      name,
      format: file.format,
      objects: await describeObjects(file),
      pairs: pairsOf(file),
      failures,
      notes: file.notes,
    }
  } catch (error) {
    if (!isAppError(error)) throw error
    const { code, detail } = error
    const failures = [failureReport({ where: '', code, detail })]
    return { name, format: null, objects: [], pairs: [], failures, notes: [] }
  }
}

/** Which key belongs to which certificate, by the public key. The indexes are those of `describeObjects`. */
function pairsOf({ certificates, keys }: OpenedFile): InspectedFile['pairs'] {
  const publicKeys = certificates.map(({ der }) => Buffer.from(certificateKey(der)))
  return keys.flatMap(({ spki }, index) =>
    publicKeys.flatMap((key, certificate) =>
      key.equals(spki) ? [{ key: certificates.length + index, certificate }] : [],
    ),
  )
}

/** Everything that a file held, each object with all it says: certificates, keys, requests, CRLs, public keys. */
async function describeObjects(file: OpenedFile): Promise<ObjectDetails[]> {
  return [
    ...file.certificates.map(({ der }) => describeCertificate(der)),
    ...file.keys.map(({ spki, label }) => describeKeyObject(spki, 'private-key', label)),
    ...(await Promise.all(file.requests.map(describeRequest))),
    ...file.crls.map(describeCrl),
    ...file.publicKeys.map((spki) => describeKeyObject(spki, 'public-key', null)),
  ]
}
