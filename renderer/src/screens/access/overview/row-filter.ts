import type { RowChange } from '#shared/model/access-look'
import type { AccessRow } from '#shared/model/access-screen'

export const rowFilters = ['all', 'changed', 'expiring', 'open'] as const
export type RowFilter = (typeof rowFilters)[number]

export const filterNames: Readonly<Record<RowFilter, string>> = {
  all: 'All',
  changed: 'Changed',
  expiring: 'Expiring',
  open: 'Open to everyone',
}

const tests: Readonly<Record<RowFilter, (row: AccessRow) => boolean>> = {
  all: () => true,
  changed: ({ changes }) => changes.length > 0,
  expiring: ({ problems }) => problems.includes('ca-expires-soon') || problems.includes('ca-expired'),
  open: ({ isOpen }) => isOpen,
}

export const addressOf = ({ hostname, path }: AccessRow): string => `${hostname}${path}`

/** Found by address, application, CA, or what is said about who gets in. */
export function filterRows(rows: AccessRow[], filter: RowFilter, search: string): AccessRow[] {
  const wanted = search.trim().toLowerCase()
  const words = (row: AccessRow) =>
    [addressOf(row), row.application?.name ?? '', row.who, ...row.cas.map(({ name }) => name)].join('\n').toLowerCase()
  return rows.filter((row) => tests[filter](row) && (wanted === '' || words(row).includes(wanted)))
}

export const countRows = (rows: AccessRow[], filter: RowFilter): number => rows.filter(tests[filter]).length

const changeNames: Readonly<Record<RowChange, string>> = {
  'ca-changed': 'CA changed',
  'setting-changed': 'Forwarding changed',
  'application-new': 'Application new',
  'application-changed': 'Application changed',
  'application-gone': 'Application gone',
  'policy-added': 'Policy added',
  'policy-removed': 'Policy removed',
  'policy-changed': 'Policy changed',
  'group-changed': 'Group changed',
}

/** The badge of a change. Red where everyone gets in now: that change may be why. */
export function changeBadge(change: RowChange, { isOpen }: AccessRow): { words: string; color: 'red' | 'orange' } {
  const opens = change.startsWith('policy') || change === 'application-changed'
  return { words: changeNames[change], color: isOpen && opens ? 'red' : 'orange' }
}
