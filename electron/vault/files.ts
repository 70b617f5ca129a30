import { constants } from 'node:fs'
import { copyFile, link, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sweepUnfinished, writePrivateFile } from '#electron/platform/write-file'
import { AppError } from '#shared/errors'
import { Header, parseHeader } from './header'
import type { SecretKind } from './vault'

const idPattern = /^[0-9a-f-]{36}$/u
const filePattern = /^(header\.json|[a-z-]+-[0-9a-f-]{36}\.(sealed|pem))$/u
const certificatePattern = /^issuer-certificate-[0-9a-f-]{36}\.pem$/u
const sealedPattern = /^(private-key|api-token|authority-key|signer-key)-([0-9a-f-]{36})\.sealed$/u

/** The vault's folder. Every file in it is whole or absent: written aside, fsynced, renamed. */
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

  async function names(): Promise<{ kind: string; id: string; name: string }[]> {
    const found = await readdir(folder).catch(absent<string[]>([]))
    return found.flatMap((name) => {
      const [, kind, id] = sealedPattern.exec(name) ?? []
      return kind === undefined || id === undefined ? [] : [{ kind, id, name }]
    })
  }

  return {
    async header(): Promise<Header | null> {
      const text = await readFile(headerPath, 'utf8').catch(absent(null))
      if (text === null) return null
      return parseHeader(Header, text, 'The file that describes the vault')
    },
    replaceHeader: (header: Header) => write(headerPath, textOf(header)),
    /** False when there is a header already, be it from a process that was faster by a moment. */
    async createHeader(header: Header): Promise<boolean> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const candidate = join(folder, `.header.json.${header.keyId}.tmp`)
      try {
        await write(candidate, textOf(header))
        return await placeExclusively(candidate, headerPath)
      } finally {
        await rm(candidate, { force: true })
      }
    },
    /** A header whose key is lost and that no sealed file needs makes room; one that is newer than `seen` stays. */
    async retireHeader(seen: Header, stamp: string): Promise<void> {
      const target = join(folder, `set-aside-${stamp}`)
      await mkdir(target, { recursive: true, mode: 0o700 })
      const moved = join(target, 'header.json')
      await rename(headerPath, moved).catch(absent(undefined))
      const text = await readFile(moved, 'utf8').catch(absent(null))
      if (text !== null && text !== textOf(seen)) await placeExclusively(moved, headerPath)
    },
    sweep: (now: Date) => sweepUnfinished(folder, filePattern, now),
    write: (kind: SecretKind, id: string, sealed: Uint8Array) => write(pathOf(kind, id), sealed),
    read: (kind: SecretKind, id: string) => readFile(pathOf(kind, id)).catch(absent(null)),
    /** The key first: a certificate without its key does no harm. */
    async delete(kind: SecretKind, id: string): Promise<void> {
      await rm(pathOf(kind, id), { force: true })
      if (kind === 'authority-key') await rm(certificatePathOf(id), { force: true })
    },
    async writeCertificate(id: string, pem: string): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await write(certificatePathOf(id), pem)
    },
    readCertificate: (id: string) => readFile(certificatePathOf(id), 'utf8').catch(absent(null)),
    async ids(kind: SecretKind): Promise<string[]> {
      return (await names()).filter((file) => file.kind === kind).map((file) => file.id)
    },
    count: async () => (await names()).length,
    /** Nothing is deleted: a keyring backup may bring the key back one day. */
    async setAside(stamp: string): Promise<void> {
      const target = join(folder, `set-aside-${stamp}`)
      await mkdir(target, { recursive: true, mode: 0o700 })
      for (const { name } of await names()) await rename(join(folder, name), join(target, name))
      for (const name of (await readdir(folder)).filter((file) => certificatePattern.test(file)))
        await rename(join(folder, name), join(target, name))
      await rename(headerPath, join(target, 'header.json')).catch(absent(undefined))
    },
  }
}

export type VaultFiles = ReturnType<typeof createVaultFiles>

const textOf = (header: Header) => `${JSON.stringify(header, null, 2)}\n`

async function write(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writePrivateFile(path, content)
  } catch (error) {
    if (['ENOSPC', 'EDQUOT'].includes(codeOf(error))) throw new AppError('disk-full')
    throw error
  }
}

/** A second name for a whole file, unless the name is taken; file systems without links (a USB stick) get a copy. */
async function placeExclusively(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to).catch((error: unknown) => {
      if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error))) throw error
      return copyFile(from, to, constants.COPYFILE_EXCL)
    })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

const absent =
  <T>(value: T) =>
  (error: unknown): T => {
    if (codeOf(error) === 'ENOENT') return value
    throw error
  }
