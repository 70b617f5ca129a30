import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'
import type { Vault } from '#electron/vault/vault'
import { isAppError } from '#shared/errors'
import { Sha256 } from '#shared/model/ids'
import type { Operations } from './operations'
import { requireUnlocked } from './require-unlocked'

/** The key that signs set-up files here. There is one, made with the first file. */
export const SETUP_KEY_ID = '6f1c2f0e-5b0a-4d2c-9a55-2f8f0c6f7a11'

const COMPARED_ID = '0d6a2c0b-1a7e-4d0e-8f3b-7b1f0f0a6e52'
/** More than anybody works with; the oldest are asked for again. */
const MAX_COMPARED = 100
const Compared = z.array(Sha256).max(MAX_COMPARED)

interface ComparedKeysPorts {
  vault: Vault
  /** One process at a time. */
  exclusively: Operations['exclusively']
}

/**
 * The keys of set-up files whose code this person has compared. They are sealed in the vault: who can only write to Latchkey's
 * folder cannot make a file of theirs look verified.
 */
export function createComparedKeys({ vault, exclusively }: ComparedKeysPorts) {
  /** None while the vault is closed, or where the file was altered: the code is then asked for once more. */
  async function read(): Promise<Sha256[]> {
    if (!(await vault.has('compared-keys', COMPARED_ID))) return []
    try {
      const sealed = await vault.open('compared-keys', COMPARED_ID)
      return Compared.safeParse(parseJson(Buffer.from(sealed).toString('utf8'))).data ?? []
    } catch (error) {
      if (isAppError(error)) return []
      throw error
    }
  }

  return {
    has: async (key: Sha256): Promise<boolean> => (await read()).includes(key),
    /** Errors: those of the vault. */
    async add(key: Sha256): Promise<void> {
      await requireUnlocked(vault)
      await exclusively(async () => {
        const others = (await read()).filter((one) => one !== key)
        const kept = JSON.stringify([...others.slice(1 - MAX_COMPARED), key])
        await vault.seal('compared-keys', COMPARED_ID, Buffer.from(kept))
      })
    },
  }
}
