import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { allRows } from '#shared/logic/all-rows'
import { joinNames } from '#shared/logic/formatting'
import type { Host } from '#shared/model/host'

export const allSites = async ({ hosts }: Pick<Services, 'hosts'>): Promise<Host[]> =>
  (await allRows((page) => hosts.list({ ...page, search: '' }))).rows

/** The sites of a group, by its exact name. Errors: `invalid-input` with the names there are, if none is in it. */
export function sitesOfGroup(sites: Host[], name: string): Host[] {
  const wanted = name.trim()
  const found = sites.filter(({ group }) => group !== null && group === wanted)
  if (found.length > 0) return found
  const groups = [...new Set(sites.flatMap(({ group }) => group ?? []))].sort((a, b) => a.localeCompare(b))
  throw new AppError(
    'invalid-input',
    groups.length === 0
      ? 'No site is in a group. Put sites in groups in the window (Sites, Edit), or name their addresses.'
      : `No group is called “${wanted}”. There ${groups.length === 1 ? 'is' : 'are'}: ${joinNames(groups.map((group) => `“${group}”`))}.`,
  )
}
