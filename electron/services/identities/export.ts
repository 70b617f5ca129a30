import type { IdentityRow } from '#electron/database/identity-rows'
import type { Chosen, OutputFile } from '#electron/pki/convert/index'
import { AppError } from '#shared/errors'
import { type Destination, destinationFacts, destinationNames, type KeyProtection } from '#shared/model/convert'
import type { IdentityId } from '#shared/model/ids'
import { issuedCertificates } from '../issued-certificates'
import { requireUnlocked } from '../require-unlocked'
import type { IdentityPorts } from './ports'

export interface ExportChoice {
  destination: Destination
  protection: KeyProtection
}

type Ports = Pick<IdentityPorts, 'database' | 'vault' | 'jobs' | 'clock' | 'changed' | 'policy'>

/** Out of the vault, in the form that a destination reads: one of the two ways in which a private key ever leaves. */
export function createExporter({ database, vault, jobs, clock, changed, policy }: Ports) {
  /**
   * `deliver` puts the files where they go; what came of it is the answer, and is written into the log where a key left.
   * Errors: `managed`, `policy-unusable`, `key-not-in-vault`, `not-found` for a certificate that has not been issued, those of the vault and of `writeFor`.
   */
  return async <Delivered>(
    row: IdentityRow,
    { destination, protection }: ExportChoice,
    deliver: (files: OutputFile[]) => Promise<Delivered>,
  ): Promise<Delivered> => {
    const chosen = await chosenFrom(row, destination)
    const files = await jobs
      .run('write-files', { chosen, destination, protection })
      .finally(() => chosen.pkcs8?.fill(0))
    try {
      const delivered = await deliver(files)
      if (files.some(({ secret }) => secret)) await note(row, destination, protection)
      return delivered
    } finally {
      for (const { bytes, secret } of files) if (secret) bytes.fill(0)
    }
  }

  async function chosenFrom(row: IdentityRow, destination: Destination): Promise<Chosen> {
    const { needs } = destinationFacts[destination]
    const [certificate = null, ...chain] = (await issuedCertificates(database, row)).map(({ der }) => der)
    if (certificate === null && needs !== 'key')
      throw new AppError('not-found', 'The certificate has not been issued yet.')
    const isWithout = needs === 'certificate' || (needs === 'certificate-with-any-key' && !row.keyInVault)
    const pkcs8 = isWithout ? null : await keyOf(row)
    return { pkcs8, certificate, chain }
  }

  async function keyOf({ id, keyInVault }: { id: IdentityId; keyInVault: boolean }): Promise<Uint8Array> {
    policy.require('key-export')
    if (!keyInVault) throw new AppError('key-not-in-vault')
    await requireUnlocked(vault)
    return vault.open('private-key', id)
  }

  async function note({ id, name }: IdentityRow, destination: Destination, { plain }: KeyProtection): Promise<void> {
    const isPlain = plain && destinationFacts[destination].protection !== 'password'
    const how = isPlain ? 'unencrypted' : 'with a password'
    const sentence = `The private key was saved ${how}, for: ${destinationNames[destination]}.`
    const at = clock.now().toISOString()
    await database.activity.append({ at, kind: 'key-exported', about: name, sentence, thing: { identity: id } })
    changed('activity')
  }
}
