import type { JobOptions } from '#electron/jobs/jobs'
import type { Preferences } from '#electron/platform/preferences'
import { AppError } from '#shared/errors'
import type { IssuedCertificate, KeyForOther } from '#shared/model/authority'
import type { AppPreferences } from '#shared/model/preferences'
import { chainOf } from './chain'
import { generatePassword } from './generated-password'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'
import { issuedRowOf } from './record'
import { horizonOf, issuedCertificate } from './summary'

export interface KeyForOtherPorts extends AuthorityPorts {
  preferences: Preferences<AppPreferences>
}

export interface MadeKey<Delivered> {
  delivered: Delivered
  /** Returned once; it is written nowhere. */
  password: string
  certificate: IssuedCertificate
}

/**
 * Key and certificate for somebody who cannot make a key: one PKCS#12 file (AES-256) with a generated password. The key is in
 * memory only until the file is written, and the certificate is marked.
 */
export function createKeyMaker(ports: KeyForOtherPorts, keys: AuthorityKeys) {
  const { database, jobs, clock, random, changed, preferences } = ports

  const isAllowed = async (): Promise<boolean> => (await preferences.read()).keysForOthers

  async function allow(isOn: boolean): Promise<boolean> {
    await preferences.change(() => ({ keysForOthers: isOn }))
    changed('authorities')
    return isOn
  }

  /**
   * `deliver` writes the file; where it fails nobody has the key, and the certificate is revoked. Errors: `invalid-input` where
   * it is switched off, those of the issuer’s key, of issuing and of `deliver`.
   */
  async function make<Delivered>(
    { authority, names, algorithm, days }: KeyForOther,
    passphrase: string,
    deliver: (p12: Uint8Array) => Promise<Delivered>,
    options: JobOptions = {},
  ): Promise<MadeKey<Delivered>> {
    if (!(await isAllowed()))
      throw new AppError('invalid-input', 'Keys for other people are switched off. Switch them on in Settings first.')
    return keys.signWith({ authority, passphrase }, async (issuer, row) => {
      const { pkcs8, spki } = await jobs.run('generate-key', { algorithm }, options)
      try {
        const now = clock.now()
        const client = { names: { kind: 'decided' as const, ...names }, spki, days, now }
        const [facts] = await jobs.run('issue-certificates', { issuer, clients: [client] }, options)
        if (facts === undefined) throw new Error('A certificate that was not refused was not made.')
        const chain = await chainOf(row, database)
        const password = generatePassword(random)
        const made = { pkcs8, certificate: facts.der, chain, label: facts.commonName, password }
        const { p12 } = await jobs.run('write-pkcs12', { profile: 'modern', ...made }, options)
        const at = now.toISOString()
        const recorded = { ...issuedRowOf(row.id, facts, at), keyMadeByIssuer: true }
        const sentence = `A certificate for “${facts.commonName}” was issued. Its key was made here and not kept.`
        await database.issued.add([recorded], { at, kind: 'certificates-issued', about: row.name, sentence })
        changed('authorities', 'activity')
        const delivered = await deliver(p12).catch(async (error: unknown) => {
          await withdraw(facts)
          throw error
        })
        return { delivered, password, certificate: issuedCertificate(recorded, horizonOf(now)) }
      } finally {
        pkcs8.fill(0)
      }
    })
  }

  /** Nobody has its key, and nobody ever will. */
  async function withdraw({ sha256, commonName }: Pick<IssuedCertificate, 'sha256' | 'commonName'>): Promise<void> {
    const at = clock.now().toISOString()
    const sentence = 'Its file could not be written, so nobody has its key.'
    const line = { at, kind: 'certificate-revoked', about: commonName, sentence } as const
    await database.issued.revoke(sha256, at, 'cessation-of-operation', line)
    changed('authorities', 'activity')
  }

  return { isAllowed, allow, make }
}
