import { AppError, isAppError } from '#shared/errors'
import { type InspectedFile, InspectFailure } from '#shared/model/details'
import { certificateKey } from './certificate'
import { type OpenInput, openFile } from './containers/open'
import { type OpenedFile, wipeKeys } from './containers/opened'
import { describeObjects } from './describe'

/**
 * What a file is and holds, and what of it could not be read. Keys are wiped as soon as their public halves are known.
 * Never throws for what a file may hold. Decryption takes as long as the file's maker wished: run it in a job.
 */
export async function inspectFile(input: OpenInput): Promise<InspectedFile> {
  const { name } = input
  try {
    const file = await openFile(input)
    wipeKeys(file)
    const failures = file.failures.map(({ where, code, detail }) => asFailure(where, code, detail))
    return { name, format: file.format, objects: await describeObjects(file), pairs: pairsOf(file), failures }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { name, format: null, objects: [], pairs: [], failures: [asFailure('', error.code, error.detail)] }
  }
}

/** A failure of another kind is no statement about the file and stays loud. */
function asFailure(where: string, code: AppError['code'], detail: string | null): InspectFailure {
  const parsed = InspectFailure.safeParse({ where, code, detail })
  if (!parsed.success) throw new AppError(code, detail)
  return parsed.data
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
