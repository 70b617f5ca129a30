import { AppError, isAppError } from '#shared/errors'
import { authenticatorFor } from './authenticate'
import { keyIdOf } from './header'
import { createMasterKey, type MasterKeyPorts, type OpenedVault } from './master-key'
import { seal, unseal } from './seal'
import type { SecretKind, Vault, VaultSession } from './vault'

/** The vault's secrets under its master key. */
export function createVault(ports: MasterKeyPorts): Vault {
  const { files, random } = ports
  const { requireOpen, current, ...key } = createMasterKey(ports)

  /** Whatever else is wrong with a vault, only what a newer version wrote is left as it is. */
  async function requireKnownVersion(): Promise<void> {
    await files.header().catch((error: unknown) => {
      if (!isAppError(error, 'vault-damaged')) throw error
    })
  }

  async function session(): Promise<VaultSession> {
    const opened = await requireOpen()
    // A wiped key would seal all the same.
    const requireStillOpen = () => {
      if (current()?.masterKey !== opened.masterKey) throw new AppError('vault-locked')
    }
    return {
      async seal(kind, id, secret) {
        requireStillOpen()
        await files.write(kind, id, seal(inputFor(opened, kind, id), random.bytes(12), secret))
      },
      async open(kind, id) {
        const sealed = await files.read(kind, id)
        if (sealed === null) throw new AppError('not-found', 'The key is no longer in the vault.')
        requireStillOpen()
        return unseal(inputFor(opened, kind, id), sealed)
      },
    }
  }

  return {
    ...key,
    session,
    seal: async (kind, id, secret) => (await session()).seal(kind, id, secret),
    open: async (kind, id) => (await session()).open(kind, id),
    has: async (kind, id) => (await files.read(kind, id)) !== null,
    async delete(kind, id) {
      await requireKnownVersion()
      await files.delete(kind, id)
    },
    ids: (kind) => files.ids(kind),
    async keepCertificate(id, pem) {
      await requireKnownVersion()
      await files.writeCertificate(id, pem)
    },
    certificate: (id) => files.readCertificate(id),
    async authenticator(purpose) {
      const { header, masterKey } = await requireOpen()
      // A wiped key would authenticate all the same.
      if (current()?.masterKey !== masterKey) throw new AppError('vault-locked')
      return authenticatorFor(masterKey, keyIdOf(header), purpose)
    },
  }
}

const inputFor = ({ header, masterKey }: OpenedVault, kind: SecretKind, id: string) => ({
  masterKey,
  keyId: keyIdOf(header),
  label: `${kind}:${id}`,
})
