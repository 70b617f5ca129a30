import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { certificatePem, certificatesIn } from '#electron/pki/x509/pem'
import { withPrivateFolder } from '#electron/platform/private-folders'
import { CommandMissing, type CommandResult, type Run } from '#electron/platform/run'
import { AppError } from '#shared/errors'
import { type StoreCertificate, storeCertificate } from './certificate'
import {
  darwinFailure,
  interactiveLine,
  isAlreadyThere,
  isNotThere,
  parseIdentities,
  parseKeyLabels,
  parseTrusted,
} from './darwin-output'

export interface KeychainCertificate extends StoreCertificate {
  keyPresent: boolean
  trusted: boolean
}

/**
 * Apple's `security` command on one keychain. Source: Apple's open Security project, SecurityTool/macOS.
 * Arguments that are no secret go in argv; the password of a PKCS#12 only through `security -q -i` on stdin.
 */
export interface Keychain {
  certificates(): Promise<KeychainCertificate[]>
  /** Labels (`keychainKeyLabel`) of the private keys, also of those without a certificate. */
  privateKeys(): Promise<Set<string>>
  importPkcs12(p12: Uint8Array, password: string, applications: readonly string[]): Promise<void>
  /** Adds an issuer without trusting it. */
  addCertificate(der: Uint8Array): Promise<void>
  /** Trust for TLS in the user's domain; macOS asks for the account's password or Touch ID. Adds the certificate too. */
  trust(certificate: StoreCertificate): Promise<void>
  removeTrust(der: Uint8Array): Promise<void>
  /**
   * Certificate, its trust, and the private key when `alsoKey`: keychain_delete.c deletes the key first, then the
   * certificate. There is no command that deletes a key alone.
   */
  delete(sha1: string, alsoKey: boolean): Promise<void>
}

/** A person may take this long to answer the system's question. */
const questionTimeoutMs = 5 * 60_000

export function createKeychain(deps: { run: Run; path: string; temporaryPrefix: string }): Keychain {
  const { path, temporaryPrefix } = deps

  async function call(args: readonly string[], stdin?: string): Promise<CommandResult> {
    try {
      const options = { timeoutMs: questionTimeoutMs, ...(stdin === undefined ? {} : { stdin }) }
      return await deps.run('security', args, options)
    } catch (error) {
      if (error instanceof CommandMissing) throw new AppError('store-tool-missing', 'security')
      throw error
    }
  }

  async function security(
    args: readonly string[],
    isFine: (finished: CommandResult) => boolean = () => false,
  ): Promise<CommandResult> {
    const finished = await call(args)
    if (finished.exitCode !== 0 && !isFine(finished)) throw darwinFailure(args[0] ?? '', finished)
    return finished
  }

  async function withPem<T>(der: Uint8Array, work: (file: string) => Promise<T>): Promise<T> {
    return await withPrivateFolder(temporaryPrefix, async (folder) => {
      const file = join(folder, 'certificate.pem')
      await writeFile(file, certificatePem(der), { mode: 0o600 })
      return await work(file)
    })
  }

  async function trusted(): Promise<Set<string>> {
    return await withPrivateFolder(temporaryPrefix, async (folder) => {
      const file = join(folder, 'trust.plist')
      const finished = await security(['trust-settings-export', file], isNotThere)
      return finished.exitCode === 0 ? parseTrusted(await readFile(file, 'utf8')) : new Set()
    })
  }

  return {
    async certificates() {
      const found = certificatesIn((await security(['find-certificate', '-a', '-p', path], isNotThere)).stdout)
      if (found.length === 0) return []
      const withKey = parseIdentities((await security(['find-identity', '-p', 'ssl-client', path], isNotThere)).stdout)
      const trust = await trusted()
      return found.flatMap((der) => {
        const certificate = storeCertificate(der)
        if (certificate === null) return []
        const { sha1 } = certificate
        return [{ ...certificate, keyPresent: withKey.has(sha1), trusted: trust.has(sha1) }]
      })
    },

    async privateKeys() {
      return parseKeyLabels((await security(['find-key', '-t', 'private', path], isNotThere)).stdout)
    },

    async importPkcs12(p12, password, applications) {
      await withPrivateFolder(temporaryPrefix, async (folder) => {
        const file = join(folder, 'identity.p12')
        // On disk here, since macOS has no memory file system: the password that opens it goes through the pipe alone.
        await writeFile(file, p12, { mode: 0o600 })
        const mayUse = applications.flatMap((application) => ['-T', application])
        const line = interactiveLine(['import', file, '-k', path, '-f', 'pkcs12', '-P', password, ...mayUse])
        const finished = await call(['-q', '-i'], line)
        if (finished.exitCode !== 0 && !isAlreadyThere(finished)) throw darwinFailure('import', finished)
      })
    },

    async addCertificate(der) {
      await withPem(der, (file) => security(['add-certificates', '-k', path, file], isAlreadyThere))
    },

    async trust(certificate) {
      // Apple takes trustRoot for a self-signed certificate only, and trustAsRoot for any other.
      const result = certificate.selfSigned ? 'trustRoot' : 'trustAsRoot'
      await withPem(certificate.der, (file) =>
        security(['add-trusted-cert', '-r', result, '-p', 'ssl', '-k', path, file]),
      )
    },

    async removeTrust(der) {
      await withPem(der, (file) => security(['remove-trusted-cert', file], isNotThere))
    },

    async delete(sha1, alsoKey) {
      const command = alsoKey ? 'delete-identity' : 'delete-certificate'
      await security([command, '-Z', sha1.toUpperCase(), '-t', path], isNotThere)
    },
  }
}
