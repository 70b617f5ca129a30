import type { AuthorityListRow } from '#electron/database/authority-tables'
import type { Database } from '#electron/database/database'
import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import type { Vault } from '#electron/vault/vault'
import { certificateName } from '#shared/logic/naming'
import { AuthorityId } from '#shared/model/ids'
import type { UnrecordedKeys } from '#shared/model/vault'
import { authorityIn } from './authorities/rebuild'

/**
 * Keys in the vault that no record speaks of, because the database was removed, replaced or restored from an older copy.
 * Nothing is changed. A key whose record is being written at this moment is not one of them.
 */
export async function findUnrecordedKeys(vault: Vault, database: Database): Promise<UnrecordedKeys> {
  // The vault first: a record that is made meanwhile explains its key, and never the other way round.
  const [keys, issuerKeys] = [await vault.ids('private-key'), await vault.ids('authority-key')]
  const underWay = (await database.operations.unfinished()).map(({ payload }) => payload).join()
  const authorities = await database.authorities.list()
  const recorded = new Set<string>([...(await database.identities.ids()), ...authorities.map(({ id }) => id)])
  const isUnrecorded = (id: string) => !recorded.has(id) && !underWay.includes(id)
  const issuers: UnrecordedKeys['issuers'] = []
  for (const id of issuerKeys.filter(isUnrecorded)) {
    const certificate = authorityIn(await vault.certificate(id))
    // The same issuer with the same key under another id: nothing is missing.
    const isHere = ({ sha256, hasKey }: AuthorityListRow) =>
      hasKey && certificate !== null && sha256 === certificateSha256(certificate)
    if (!authorities.some(isHere)) issuers.push({ id: AuthorityId.parse(id), name: nameIn(certificate) })
  }
  return { certificateKeys: keys.filter(isUnrecorded).length, issuers }
}

function nameIn(certificate: Uint8Array | null): string | null {
  if (certificate === null) return null
  return certificateName(viewCertificate(certificate))
}
