import { constants } from 'node:fs'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { certificatePem, certificatesIn } from '#electron/pki/x509/pem'
import { lendSecret } from '#electron/platform/lend-secret'
import { type StatFileSystem, withPrivateFolder } from '#electron/platform/private-folders'
import { CommandMissing, type CommandResult, type Run } from '#electron/platform/run'
import { AppError } from '#shared/errors'
import type { UndoStep } from '#shared/model/undo'
import { nssKeyId, type StoreCertificate, storeCertificate } from './certificate'
import { type ClientFlags, settableFlags, withClientTrust, withoutServerTrust } from './nss-flags'
import { parseKeyIds, parseListing, parseTrustByFingerprint } from './nss-output'
import type { NoteUndo, UnrestoredTrust } from './store'

/** A certificate as an NSS database holds it. `keyId`: lower-case hex, null where NSS' rule is unknown for its key. */
export interface NssCertificate extends StoreCertificate {
  nickname: string
  flags: string
  keyId: string | null
  keyPresent: boolean
}

/**
 * The commands of Mozilla's `certutil` and `pk12util` on one database folder.
 * Source: NSS `cmd/certutil`, `cmd/pk12util`; results measured with NSS 3.87.
 */
export interface NssDatabase {
  exists(): Promise<boolean>
  isWritable(): Promise<boolean>
  /** Whether a primary password guards the keys. */
  isLocked(): Promise<boolean>
  create(): Promise<void>
  certificates(): Promise<NssCertificate[]>
  /** Identifiers of the private keys, also of those without a certificate. */
  keyIds(): Promise<Set<string>>
  /** `p12`: PKCS#12 bytes; the password is lent to `pk12util`, which writes no disk. */
  importPkcs12(p12: Uint8Array, password: string): Promise<void>
  /** Adds a certificate that is not there yet. */
  addCertificate(der: Uint8Array, nickname: string, flags: ClientFlags): Promise<void>
  /** Whether it vouches for clients (`T`). Whatever else it was trusted or distrusted for stays. */
  setClientTrust(target: NssCertificate, isTrusted: boolean): Promise<void>
  /**
   * Adds a certificate that was lost. Trust for servers comes back only where this very process saw it; where merely a
   * record speaks of it, how to give it back is returned.
   */
  restoreCertificate(der: Uint8Array, nickname: string, flags: string): Promise<UnrestoredTrust | null>
  deleteKey(keyId: string): Promise<void>
  /** Deletes exactly these certificates, though NSS only knows names and key identifiers. Their keys stay. */
  deleteCertificates(targets: readonly NssCertificate[], note: NoteUndo): Promise<void>
}

const noPassword = '/dev/null'

export interface NssDatabaseOptions {
  run: Run
  folder: () => string
  /** The account's home folder, which commands that are shown call `$HOME`. */
  home: string
  temporaryPrefix: string
  /** Injected by tests: which folders are in memory. */
  statFileSystem?: StatFileSystem
}

export function createNssDatabase(deps: NssDatabaseOptions): NssDatabase {
  const { folder, temporaryPrefix, statFileSystem } = deps
  const database = () => ['-d', `sql:${folder()}`]
  /** SHA-256 → flags, of bystanders before they were put at risk. */
  const seen = new Map<string, string>()

  async function call(command: string, args: readonly string[]): Promise<CommandResult> {
    try {
      return await deps.run(command, args)
    } catch (error) {
      if (error instanceof CommandMissing) throw new AppError('store-tool-missing', command)
      throw error
    }
  }

  async function certutil(...args: string[]): Promise<CommandResult> {
    const finished = await call('certutil', [...args, ...database()])
    if (finished.exitCode !== 0) throw nssFailure('certutil', finished)
    return finished
  }

  async function keyIds(): Promise<Set<string>> {
    if (!(await exists())) return new Set()
    const finished = await call('certutil', ['-K', ...database(), '-f', noPassword])
    if (finished.exitCode === 0) return parseKeyIds(finished.stdout)
    if (`${finished.stdout}${finished.stderr}`.includes('no keys found')) return new Set()
    throw nssFailure('certutil', finished)
  }

  async function exists(): Promise<boolean> {
    return await isReachable(join(folder(), 'cert9.db'), constants.F_OK)
  }

  async function certificates(): Promise<NssCertificate[]> {
    if (!(await exists())) return []
    const rows = parseListing((await certutil('-L')).stdout)
    if (rows.length === 0) return []
    const keys = await keyIds()
    const found: NssCertificate[] = []
    for (const nickname of new Set(rows.map((row) => row.nickname))) {
      const flags = new Set(rows.filter((row) => row.nickname === nickname).map((row) => row.flags))
      found.push(...(await certificatesNamed(nickname, [...flags], keys)))
    }
    return found
  }

  async function certificatesNamed(nickname: string, flags: string[], keys: Set<string>): Promise<NssCertificate[]> {
    // A nickname that cannot be asked for (blank at its end, line break) is not one of ours.
    const dump = await call('certutil', ['-L', '-n', nickname, '-a', ...database()])
    if (dump.exitCode !== 0) return []
    const trust = flags.length === 1 ? null : parseTrustByFingerprint((await certutil('-L', '-n', nickname)).stdout)
    return certificatesIn(dump.stdout).flatMap((der) => {
      const certificate = storeCertificate(der)
      if (certificate === null) return []
      const keyId = nssKeyId(certificate.publicKey)
      const keyPresent = keyId !== null && keys.has(keyId)
      return [
        { ...certificate, nickname, flags: trust?.get(certificate.sha256) ?? flags[0] ?? ',,', keyId, keyPresent },
      ]
    })
  }

  /** Adds, or sets the flags of the certificate that is already there (which then keeps its nickname). */
  async function put(der: Uint8Array, nickname: string, flags: string): Promise<void> {
    await withPrivateFolder(temporaryPrefix, async (temporary) => {
      const file = join(temporary, 'certificate.pem')
      await writeFile(file, certificatePem(der), { mode: 0o600 })
      await certutil('-A', '-n', nickname, '-t', settableFlags(flags), '-i', file)
    })
  }

  return {
    exists,
    isWritable: async () => await isReachable(folder(), constants.W_OK),
    async isLocked() {
      if (!(await exists())) return false
      const finished = await call('certutil', ['-K', ...database(), '-f', noPassword])
      return finished.exitCode !== 0 && finished.stderr.includes('SEC_ERROR_BAD_PASSWORD')
    },
    async create() {
      if (await exists()) return
      await mkdir(folder(), { recursive: true, mode: 0o700 })
      await certutil('-N', '--empty-password')
    },
    certificates,
    keyIds,
    async importPkcs12(p12, password) {
      await withPrivateFolder(
        temporaryPrefix,
        async (temporary) => {
          const container = join(temporary, 'identity.p12')
          await writeFile(container, p12, { mode: 0o600 })
          const finished = await lendSecret(temporary, password, { run: deps.run, statFileSystem }, (secret) =>
            call('pk12util', ['-i', container, ...database(), '-w', secret, '-K', '']),
          )
          if (finished.exitCode !== 0) throw nssFailure('pk12util', finished)
        },
        statFileSystem,
      )
    },
    addCertificate: put,
    setClientTrust: (target, isTrusted) => put(target.der, target.nickname, withClientTrust(target.flags, isTrusted)),
    async restoreCertificate(der, nickname, flags) {
      const sha256 = storeCertificate(der)?.sha256
      const before = sha256 === undefined ? undefined : seen.get(sha256)
      await put(der, nickname, before ?? withoutServerTrust(flags))
      if (before !== undefined || withoutServerTrust(flags) === settableFlags(flags)) return null
      return {
        label: nickname,
        command: trustCommand(shownFolder(folder(), deps.home), nickname, settableFlags(flags)),
      }
    },
    async deleteKey(keyId) {
      const finished = await call('certutil', ['-F', '-k', keyId, ...database(), '-f', noPassword])
      if (finished.exitCode !== 0 && !finished.stderr.includes('is not a key-id'))
        throw nssFailure('certutil', finished)
    },
    async deleteCertificates(targets, note) {
      const doomed = new Set(targets.map((one) => one.sha256))
      const before = await certificates()
      const bystanders = before.filter((one) => !doomed.has(one.sha256))
      for (const one of bystanders.filter((other) => targets.some((target) => mayGoWith(other, target)))) {
        seen.set(one.sha256, one.flags)
        await note(restoring(one))
      }
      let left = before
      for (let round = 0; round < before.length; round += 1) {
        const target = left.find((one) => doomed.has(one.sha256))
        if (target === undefined) break
        await certutil('-D', '-n', selectorOf(target))
        left = await certificates()
      }
      const remaining = new Set(left.map((one) => one.sha256))
      // NSS deletes the newest of those that answer to the selector: what went with the targets comes back.
      for (const lost of bystanders.filter((one) => !remaining.has(one.sha256)))
        await put(lost.der, lost.nickname, lost.flags)
    },
  }
}

/** NSS finds both by the same key or the same nickname. */
const mayGoWith = (one: NssCertificate, target: NssCertificate): boolean =>
  one.nickname === target.nickname || (one.keyId !== null && one.keyId === target.keyId)

const restoring = ({ sha256, nickname, flags, der }: NssCertificate): UndoStep => ({
  kind: 'restore-certificate',
  sha256,
  label: nickname,
  flags,
  base64: Buffer.from(der).toString('base64'),
})

/** For a person's own shell; every part is quoted, since nicknames and folders are not ours. */
function trustCommand(shown: string, nickname: string, flags: string): string {
  return `certutil -M -d "sql:${shown}" -n '${nickname.replaceAll("'", "'\\''")}' -t '${flags}'`
}

/** Within double quotes of a shell; the person's own path is left out where it can be. */
function shownFolder(folder: string, home: string): string {
  const escaped = (path: string) => path.replace(/["$`\\]/gu, '\\$&')
  return folder.startsWith(`${home}/`) ? `$HOME${escaped(folder.slice(home.length))}` : escaped(folder)
}

/** By key identifier (RFC 7512 URI, understood by certutil as a nickname) rather than by a name that others share. */
function selectorOf(certificate: NssCertificate): string {
  if (certificate.keyId === null) return certificate.nickname
  return `pkcs11:type=cert;id=${certificate.keyId.replace(/../gu, '%$&')}`
}

/** Exit codes and NSS error names → our codes. Nothing that certutil prints holds a secret; it is cut to one line. */
function nssFailure(command: string, finished: CommandResult): AppError {
  const { stderr, exitCode } = finished
  const lastLine = stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
  const detail = `${command} ended with ${exitCode}: ${lastLine}`
  if (stderr.includes('PKCS12 decode not verified')) return new AppError('store-password-refused', detail)
  if (
    /SEC_ERROR_(?:BAD_PASSWORD|TOKEN_NOT_LOGGED_IN|LOCKED_PASSWORD)|Failed to authenticate|SQLITE_BUSY/u.test(stderr)
  ) {
    return new AppError('store-locked', detail)
  }
  if (/SEC_ERROR_READ_ONLY|PR_NO_ACCESS_RIGHTS_ERROR|SEC_ERROR_LEGACY_DATABASE/u.test(stderr)) {
    return new AppError('store-denied', detail)
  }
  return new AppError('store-failed', detail)
}

async function isReachable(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode)
    return true
  } catch {
    return false
  }
}
