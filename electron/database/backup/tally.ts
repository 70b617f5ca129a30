import {
  type KeptPart,
  MAX_RESTORE_CHANGES,
  type RestoreChange,
  type RestoredKey,
  type RestoredPart,
  type RestoreTally,
} from '#shared/model/backup'
import type { AuthorityId, IdentityId } from '#shared/model/ids'
import type { MergeResult } from './rows'

export type Tallied =
  | 'certificates'
  | 'sites'
  | 'reports'
  | 'activity'
  | 'issuers'
  | 'templates'
  | 'issued'
  | 'revocations'

interface Meeting extends Omit<RestoreChange, 'kind'> {
  kind: RestoreChange['kind']
}

const singular = {
  certificates: 'certificate',
  sites: 'site',
  issuers: 'issuer',
  templates: 'template',
  issued: 'issued',
} as const

/** Counts what a merge does while it does it. */
export function createTally() {
  const empty = (): RestoreTally => ({ added: 0, completed: 0, differing: 0, present: 0 })
  const counts: Record<Tallied, RestoreTally> = {
    certificates: empty(),
    sites: empty(),
    reports: empty(),
    activity: empty(),
    issuers: empty(),
    templates: empty(),
    issued: empty(),
    revocations: empty(),
  }
  const changes: Meeting[] = []
  const waiting: string[] = []
  const keys: RestoredKey<IdentityId>[] = []
  const issuerKeys: RestoredKey<AuthorityId>[] = []

  return {
    keys,
    issuerKeys,
    count(what: Tallied, outcome: keyof RestoreTally): void {
      counts[what][outcome] += 1
    },
    /** Of something that is here already: what is added to it, and what stays although the backup has it otherwise. */
    met(what: keyof typeof singular, name: string, added: RestoredPart[], kept: KeptPart[]): void {
      counts[what][added.length > 0 ? 'completed' : kept.length > 0 ? 'differing' : 'present'] += 1
      if (added.length + kept.length === 0 || changes.length === MAX_RESTORE_CHANGES) return
      changes.push({ kind: singular[what], name, added, kept })
    },
    waits(name: string): void {
      if (waiting.length < MAX_RESTORE_CHANGES) waiting.push(name)
    },
    result: (): MergeResult => ({
      report: { ...counts, keys: keys.length, issuerKeys: issuerKeys.length, changes, waiting },
      keys,
      issuerKeys,
    }),
  }
}

export type Tally = ReturnType<typeof createTally>
