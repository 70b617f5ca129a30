import type { Database } from '#electron/database/database'
import type { IdentityRow } from '#electron/database/identity-rows'
import { isProof } from '#shared/logic/verdict-groups'
import { type AccountId, practiceAccountId } from '#shared/model/access-account'
import type { AccessRun } from '#shared/model/access-screen'
import type { AccessRunId, IdentityId } from '#shared/model/ids'
import type { KeptProtection, PlannedProtection, ProtectionDraft } from '#shared/model/kept-protection'
import type { Protection } from '#shared/model/protection'
import type { Changed } from '../changes'

export interface ProtectionPorts {
  database: Pick<Database, 'protections' | 'identities' | 'installs' | 'reports' | 'hosts'>
  /** Null for a run without a journal. */
  findRun(id: AccessRunId): Promise<AccessRun | null>
  /** The account that was read last; null before that. */
  account(): AccountId | null
  changed: Changed
}

/**
 * How far somebody has come with “Protect a site”, so that they find their place again after a restart. What was typed is kept;
 * how the plan, the certificate, its installation and its test stand is read from the journal and the records each time.
 */
export function createProtections({ database, findRun, account: current, changed }: ProtectionPorts) {
  async function list(): Promise<Protection[]> {
    const accounts = new Set([practiceAccountId, current() ?? practiceAccountId])
    const found: Protection[] = []
    for (const account of accounts) {
      const kept = await database.protections.get(account)
      if (kept !== null) found.push(await describe(account, kept))
    }
    return found
  }

  async function describe(account: AccountId, kept: KeptProtection): Promise<Protection> {
    const { draft, planned } = kept
    const run = kept.run === null ? null : await findRun(kept.run)
    return { account, draft, planned, run, proof: await proofOf(account, kept, run) }
  }

  async function proofOf(
    account: AccountId,
    kept: KeptProtection,
    run: AccessRun | null,
  ): Promise<Protection['proof']> {
    const { commonName } = kept
    const row = await identityOf(account, kept, run)
    if (row === null) return { commonName, identity: null, isSigned: false, installedIn: null, report: null }
    const installs = await database.installs.ofIdentity(row.id)
    return {
      commonName,
      identity: row.id,
      isSigned: row.certificate !== null,
      installedIn: installs.find(({ present, keyPresent }) => present && keyPresent)?.storeName ?? null,
      report: await reportOf(row.id, kept.planned),
    }
  }

  /** The key that was made for it. Where the process ended before that was written down, it is now. */
  async function identityOf(
    account: AccountId,
    { identity, commonName }: KeptProtection,
    run: AccessRun | null,
  ): Promise<IdentityRow | null> {
    if (identity !== null) return database.identities.get(identity)
    if (commonName === null || run === null) return null
    const { rows } = await database.identities.list({ offset: 0, limit: 50, search: commonName })
    for (const { id, createdAt } of rows) {
      const row = createdAt < run.begunAt ? null : await database.identities.get(id)
      if (row?.subject?.commonName !== commonName || row.certificate !== null || !row.keyInVault) continue
      await update(account, (now) => ({ ...now, identity: id }))
      return row
    }
    return null
  }

  async function reportOf(
    identity: IdentityId,
    planned: PlannedProtection | null,
  ): Promise<Protection['proof']['report']> {
    const reports = await database.reports.ofIdentity(identity)
    for (const { id, host, verdict } of reports) {
      const site = await database.hosts.get(host)
      if (site?.hostname === planned?.hostname)
        return { id, sentence: verdict.sentence, isProven: isProof(verdict.kind) }
    }
    return null
  }

  async function update(account: AccountId, change: (kept: KeptProtection) => KeptProtection): Promise<void> {
    const kept = await database.protections.get(account)
    if (kept !== null) await database.protections.put(account, change(kept))
  }

  return {
    list,
    /** What was typed, and what was planned of it. Whatever was protected before is over. */
    async save(account: AccountId, draft: ProtectionDraft, planned: PlannedProtection | null): Promise<void> {
      const none = { run: null, commonName: null, identity: null }
      await database.protections.put(account, { version: 1, draft, planned, ...none })
      // Each letter is saved, and what else is on the screen does not depend on them.
      if (planned !== null) changed('cloudflare')
    },
    /** Before the journal of a plan is there: a run without one was not begun. */
    async begin(account: AccountId, title: string, run: AccessRunId): Promise<void> {
      await update(account, (kept) => (kept.planned?.title === title ? { ...kept, run } : kept))
    },
    /** The name of the first certificate before its key is made, and the key once it is. */
    async noteIdentity(account: AccountId, commonName: string, identity: IdentityId | null): Promise<void> {
      await update(account, (kept) => ({ ...kept, commonName, identity }))
    },
    /** Forgets it. What was done so far stays. */
    async remove(account: AccountId): Promise<void> {
      await database.protections.delete(account)
      changed('cloudflare')
    },
  }
}
