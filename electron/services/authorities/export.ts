import { requireStrong } from '#electron/vault/derive'
import type { AuthorityId } from '#shared/model/ids'
import { chainOf } from './chain'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'

export interface ExportSecrets {
  /** Of the issuer's key here. */
  passphrase: string
  /** Of the file. */
  password: string
}

/** An issuer as one encrypted file that other tools read, and that can be imported here with its revocations and CRL number. */
export function createAuthorityExporter({ database, jobs, clock, changed }: AuthorityPorts, keys: AuthorityKeys) {
  /**
   * PKCS#12 (AES-256) with the key, the chain and the last CRL. `deliver` writes it where it goes; null where it went
   * nowhere, and then nothing is noted. Errors: `passphrase-weak`, those of the issuer's key and of `deliver`.
   */
  return async <Delivered>(
    authority: AuthorityId,
    { passphrase, password }: ExportSecrets,
    deliver: (file: { name: string; p12: Uint8Array }) => Promise<Delivered | null>,
  ): Promise<Delivered | null> => {
    requireStrong(password)
    return keys.signWith({ authority, passphrase }, async ({ issuerKey }, row) => {
      const [certificate = row.der, ...chain] = await chainOf(row, database)
      const crl = await database.crls.der(authority)
      const made = { pkcs8: issuerKey, certificate, chain, crls: crl === null ? [] : [crl] }
      const { p12 } = await jobs.run('write-pkcs12', { profile: 'modern', ...made, password, label: row.name })
      const delivered = await deliver({ name: row.name, p12 })
      if (delivered === null) return null
      const sentence = 'Its private key was saved in an encrypted file, with its chain and its last CRL.'
      const at = clock.now().toISOString()
      await database.activity.append({ at, kind: 'issuer-exported', about: row.name, sentence })
      changed('activity')
      return delivered
    })
  }
}
