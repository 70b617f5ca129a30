import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivateFile } from '#electron/platform/write-private'
import { AppError } from '#shared/errors'
import { Header } from './header'
import type { SecretKind } from './vault'

const idPattern = /^[0-9a-f-]{36}$/u
const sealedPattern = /^(private-key|api-token)-([0-9a-f-]{36})\.sealed$/u

/** The vault's folder. Every file in it is whole or absent: written aside, fsynced, renamed. */
export function createVaultFiles(folder: string) {
  const headerPath = join(folder, 'header.json')

  function pathOf(kind: SecretKind, id: string): string {
    if (!idPattern.test(id)) throw new Error('A sealed file needs a record id.')
    return join(folder, `${kind}-${id}.sealed`)
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
      try {
        return Header.parse(JSON.parse(text))
      } catch {
        throw new AppError('vault-damaged', 'The file that describes the vault cannot be read.')
      }
    },
    async writeHeader(header: Header): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writePrivateFile(headerPath, Buffer.from(`${JSON.stringify(header, null, 2)}\n`))
    },
    async write(kind: SecretKind, id: string, sealed: Uint8Array): Promise<void> {
      await writePrivateFile(pathOf(kind, id), sealed)
    },
    read: (kind: SecretKind, id: string) => readFile(pathOf(kind, id)).catch(absent(null)),
    delete: (kind: SecretKind, id: string) => rm(pathOf(kind, id), { force: true }),
    async ids(kind: SecretKind): Promise<string[]> {
      return (await names()).filter((file) => file.kind === kind).map((file) => file.id)
    },
    count: async () => (await names()).length,
    /** Nothing is deleted: a keyring backup may bring the key back one day. */
    async setAside(stamp: string): Promise<void> {
      const target = join(folder, `set-aside-${stamp}`)
      await mkdir(target, { recursive: true, mode: 0o700 })
      for (const { name } of await names()) await rename(join(folder, name), join(target, name))
      await rename(headerPath, join(target, 'header.json')).catch(absent(undefined))
    },
  }
}

export type VaultFiles = ReturnType<typeof createVaultFiles>

const absent =
  <T>(value: T) =>
  (error: unknown): T => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value
    throw error
  }
