import type { Database } from '#electron/database/database'
import { createJournal, type Journal } from '#electron/services/journal'
import type { Vault } from '#electron/vault/vault'

/** The journal of one account on one computer, whose names no test knows otherwise. */
export const journalOf = (
  database: Database,
  vault: Vault,
  here: string | null = 'this account',
  keepsModes = true,
): Journal => createJournal({ database, vault, machineAccount: async () => here, keepsModes })
