import type { Host } from '#shared/model/host'

export interface HostGroup {
  /** Null: in no group. */
  name: string | null
  hosts: Host[]
}

/** By name, and those in no group last; within each in the order of the list. Nothing for no hosts. */
export function groupHosts(hosts: Host[]): HostGroup[] {
  const groups = new Map<string | null, Host[]>()
  for (const host of hosts) groups.set(host.group, [...(groups.get(host.group) ?? []), host])
  return [...groups]
    .map(([name, members]) => ({ name, hosts: members }))
    .sort((a, b) => Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? ''))
}

/** The names of all groups, for a new site to choose from. */
export const groupNames = (hosts: Host[]): string[] => groupHosts(hosts).flatMap(({ name }) => name ?? [])
