import { constants } from 'node:fs'
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hasCode, ifMissing } from '#electron/platform/error-code'
import { asHomeTrouble, shownPath } from '#electron/platform/home-trouble'
import { sweepUnfinished, writePrivateFile } from '#electron/platform/write-file'
import { AppError } from '#shared/errors'
import { Header, parseHeader } from './header'
import type { SecretKind } from './vault'

const idPattern = /^[0-9a-f-]{36}$/u
const filePattern = /^(header\.json|[a-z-]+-[0-9a-f-]{36}\.(sealed|pem))$/u
const certificatePattern = /^issuer-certificate-[0-9a-f-]{36}\.pem$/u
const sealedPattern =
  /^(private-key|api-token|authority-key|signer-key|setup-key|compared-keys)-([0-9a-f-]{36})\.sealed$/u

/**
 * The vault's folder. Every file in it is whole or absent: written aside, fsynced, renamed. Errors of all methods:
 * `home-unusable`, `disk-full`; of those that read also `vault-damaged`, `vault-too-new`.
 */
export function createVaultFiles(folder: string) {
  const headerPath = join(folder, 'header.json')

  function pathOf(kind: SecretKind, id: string): string {
    if (!idPattern.test(id)) throw new Error('A sealed file needs a record id.')
    return join(folder, `${kind}-${id}.sealed`)
  }

  function certificatePathOf(id: string): string {
    if (!idPattern.test(id)) throw new Error('A certificate beside a key needs a record id.')
    return join(folder, `issuer-certificate-${id}.pem`)
  }

  /** The detail names no file in the vault: it may be copied into a ticket. */
  async function inVault<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw asHomeTrouble(dirname(folder), folder, error)
    }
  }

  const makeFolder = (path: string) => inVault(() => mkdir(path, { mode: 0o700 }).catch(present))
  const write = (path: string, content: Uint8Array | string) => inVault(() => writePrivateFile(path, content))
  const remove = (path: string) => inVault(() => rm(path, { force: true }))
  const move = (from: string, to: string) => inVault(() => rename(from, to))

  /** Null where there is none. */
  function read(path: string): Promise<Buffer | null> {
    return inVault(async () => {
      const status = await stat(path).catch(ifMissing(null))
      if (status === null) return null
      // Opening a pipe would wait for whoever writes to it.
      if (!status.isFile()) throw new AppError('vault-damaged', 'Something other than a file lies in the place of one.')
      return readFile(path).catch(ifMissing(null))
    })
  }

  const readText = async (path: string) => (await read(path))?.toString('utf8') ?? null
  const list = () => inVault(() => readdir(folder).catch(ifMissing<string[]>([])))

  async function names(): Promise<{ kind: string; id: string; name: string }[]> {
    const found = await list()
    return found.flatMap((name) => {
      const [, kind, id] = sealedPattern.exec(name) ?? []
      return kind === undefined || id === undefined ? [] : [{ kind, id, name }]
    })
  }

  return {
    async header(): Promise<Header | null> {
      const text = await readText(headerPath)
      if (text === null) return null
      return parseHeader(Header, text, `“header.json” in ${shownPath(folder)}`)
    },
    replaceHeader: (header: Header) => write(headerPath, textOf(header)),
    /** False when there is a header already, be it from a process that was faster by a moment. */
    async createHeader(header: Header): Promise<boolean> {
      await makeFolder(folder)
      const candidate = join(folder, `.header.json.${header.keyId}.tmp`)
      try {
        await write(candidate, textOf(header))
        return await inVault(() => placeExclusively(candidate, headerPath))
      } finally {
        await remove(candidate)
      }
    },
    /** A header whose key is lost and that no sealed file needs makes room; one that is newer than `seen` stays. */
    async retireHeader(seen: Header, stamp: string): Promise<void> {
      const target = join(folder, `set-aside-${stamp}`)
      await makeFolder(target)
      const moved = join(target, 'header.json')
      await inVault(() => rename(headerPath, moved).catch(ifMissing(undefined)))
      const text = await readText(moved)
      if (text !== null && text !== textOf(seen)) await inVault(() => placeExclusively(moved, headerPath))
    },
    sweep: (now: Date) => sweepUnfinished(folder, filePattern, now),
    write: async (kind: SecretKind, id: string, sealed: Uint8Array) => write(pathOf(kind, id), sealed),
    read: async (kind: SecretKind, id: string) => read(pathOf(kind, id)),
    /** The key first: a certificate without its key does no harm. */
    async delete(kind: SecretKind, id: string): Promise<void> {
      await remove(pathOf(kind, id))
      if (kind === 'authority-key') await remove(certificatePathOf(id))
    },
    async writeCertificate(id: string, pem: string): Promise<void> {
      await makeFolder(folder)
      await write(certificatePathOf(id), pem)
    },
    readCertificate: async (id: string) => readText(certificatePathOf(id)),
    async ids(kind: SecretKind): Promise<string[]> {
      return (await names()).filter((file) => file.kind === kind).map((file) => file.id)
    },
    count: async () => (await names()).length,
    /** Nothing is deleted: a keyring backup may bring the key back one day. */
    async setAside(stamp: string): Promise<void> {
      const target = join(folder, `set-aside-${stamp}`)
      await makeFolder(target)
      for (const { name } of await names()) await move(join(folder, name), join(target, name))
      for (const name of (await list()).filter((file) => certificatePattern.test(file)))
        await move(join(folder, name), join(target, name))
      await inVault(() => rename(headerPath, join(target, 'header.json')).catch(ifMissing(undefined)))
    },
  }
}

export type VaultFiles = ReturnType<typeof createVaultFiles>

const textOf = (header: Header) => `${JSON.stringify(header, null, 2)}\n`

/** A second name for a whole file, unless the name is taken; file systems without links (a USB stick) get a copy. */
async function placeExclusively(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to).catch((error: unknown) => {
      if (!hasCode(error, 'EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP')) throw error
      return copyFile(from, to, constants.COPYFILE_EXCL)
    })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Not by `recursive`, which says ENOENT of a full or a read-only disk. */
function present(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error
}
