import { z } from 'zod'
import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import { parseJson } from '#electron/platform/parse-json'
import type { Vault } from '#electron/vault/vault'
import { AppError, isAppError } from '#shared/errors'
import { AccountId } from '#shared/model/access-account'
import type { Changed } from '../changes'
import { requireUnlocked } from '../require-unlocked'

/** All in one sealed file, so that no record has to be kept in step with it. */
const StoredToken = z.strictObject({ token: z.string(), account: AccountId, name: z.string() })
export type StoredToken = z.infer<typeof StoredToken>

export interface StoredTokenPorts {
  vault: Vault
  database: Pick<Database, 'activity'>
  clock: Clock
  changed: Changed
}

/** There is one at a time: a new one takes its place in one step. */
const tokenId = '3b6f0c52-9a41-4d0e-8d55-6a1f7c0e2d91'

/** The API token for Cloudflare that the vault keeps. Errors: those of the vault. */
export function createStoredToken({ vault, database, clock, changed }: StoredTokenPorts) {
  type Kind = 'cloudflare-connected' | 'cloudflare-disconnected'

  /** The token itself is stored or removed by now, so an error must not read as if nothing had been changed. */
  async function noteDone(kind: Kind, about: string, sentence: string): Promise<void> {
    try {
      await database.activity.append({ at: clock.now().toISOString(), kind, about, sentence })
    } catch (error) {
      throw isAppError(error) ? error.after(sentence) : error
    } finally {
      changed('vault', 'activity')
    }
  }

  return {
    exists: () => vault.has('api-token', tokenId),
    /** Undefined where none is stored. */
    async read(): Promise<StoredToken | undefined> {
      if (!(await vault.has('api-token', tokenId))) return undefined
      await requireUnlocked(vault)
      const secret = await vault.open('api-token', tokenId)
      const parsed = StoredToken.safeParse(parseJson(Buffer.from(secret).toString('utf8')))
      secret.fill(0)
      if (!parsed.success)
        throw new AppError('vault-damaged', 'The stored API token is not in a form that Latchkey knows.')
      return parsed.data
    },
    async write(token: StoredToken): Promise<void> {
      await requireUnlocked(vault)
      await vault.seal('api-token', tokenId, Buffer.from(JSON.stringify(token)))
      await noteDone('cloudflare-connected', token.name, 'An API token for Cloudflare was stored.')
    },
    /** Works with a locked vault. Returns false if none was stored. */
    async remove(): Promise<boolean> {
      if (!(await vault.has('api-token', tokenId))) return false
      await vault.delete('api-token', tokenId)
      await noteDone('cloudflare-disconnected', 'Cloudflare', 'The stored API token for Cloudflare was removed.')
      return true
    },
  }
}

export type StoredTokens = ReturnType<typeof createStoredToken>
