import type { Database } from '#electron/database/database'
import { viewCertificate } from '#electron/pki/certificate'
import { decodePem } from '#electron/pki/containers/pem'
import type { Vault } from '#electron/vault/vault'
import { isAppError } from '#shared/errors'
import type { UnrecordedKeys } from '#shared/model/vault'

/**
 * Keys in the vault that no record speaks of, because the database was removed, replaced or restored from an older copy.
 * Nothing is changed. A key whose record is being written at this moment is not one of them.
 */
export async function findUnrecordedKeys(vault: Vault, database: Database): Promise<UnrecordedKeys> {
  // The vault first: a record that is made meanwhile explains its key, and never the other way round.
  const [keys, issuerKeys] = [await vault.ids('private-key'), await vault.ids('authority-key')]
  const underWay = (await database.operations.unfinished()).map(({ payload }) => payload).join()
  const recorded = new Set<string>([
    ...(await database.identities.ids()),
    ...(await database.authorities.list()).map(({ id }) => id),
  ])
  const isUnrecorded = (id: string) => !recorded.has(id) && !underWay.includes(id)
  const issuers = issuerKeys.filter(isUnrecorded)
  const names = await Promise.all(issuers.map(async (id) => nameIn(await vault.certificate(id))))
  return { certificateKeys: keys.filter(isUnrecorded).length, issuers: names }
}

/** Null where no certificate lies beside the key, or none that can be read. */
function nameIn(pem: string | null): string | null {
  try {
    const [block] = pem === null ? [] : decodePem(pem)
    if (block === undefined) return null
    const { commonName, subject } = viewCertificate(block.der)
    return commonName ?? subject
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}
