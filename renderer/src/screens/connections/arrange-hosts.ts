import { formatAddress, shortAddress } from '#shared/logic/address'
import type { Host } from '#shared/model/host'
import { ANY, type FilterGroup } from '../../components/FilterMenu'
import { siteBadge } from './site-badge'

const siteStates = ['good', 'bad', 'untested'] as const
const siteOrders = ['newest', 'name', 'tested'] as const

/** Which sites the list shows, and in which order. */
export interface SiteFilter {
  search: string
  state: (typeof siteStates)[number] | null
  tag: string | null
  order: (typeof siteOrders)[number]
}

export const noFilter: SiteFilter = { search: '', state: null, tag: null, order: 'newest' }

export const isFiltered = ({ state, tag }: SiteFilter): boolean => state !== null || tag !== null

/** What the person calls it, or its address. */
export const siteName = (host: Host): string => host.name ?? shortAddress(host)

/** The sites as they are listed. The answer of the back end has the newest first. */
export function arrangeHosts(hosts: Host[], { search, state, tag, order }: SiteFilter): Host[] {
  const wanted = search.trim().toLowerCase()
  const shown = hosts.filter(
    (host) =>
      searchText(host).includes(wanted) &&
      (state === null || stateOf(host) === state) &&
      (tag === null || host.tags.includes(tag)),
  )
  switch (order) {
    case 'newest':
      return shown
    case 'name':
      return shown.sort((a, b) => siteName(a).localeCompare(siteName(b)))
    case 'tested':
      return shown.sort((a, b) => (b.lastTestAt ?? '').localeCompare(a.lastTestAt ?? ''))
  }
}

const searchText = (host: Host): string =>
  [formatAddress(host), host.group ?? '', host.name ?? '', ...host.tags, host.note].join(' ').toLowerCase()

function stateOf(host: Host): SiteFilter['state'] {
  if (host.lastTestGood === null) return 'untested'
  return siteBadge(host).color === 'teal' ? 'good' : 'bad'
}

const stateNames: Record<(typeof siteStates)[number], string> = {
  good: 'Let in',
  bad: 'Needs attention',
  untested: 'Not tested',
}
const orderNames: Record<(typeof siteOrders)[number], string> = {
  newest: 'Newest first',
  name: 'Name',
  tested: 'Last tested first',
}

export function filterGroups(filter: SiteFilter, onChange: (filter: SiteFilter) => void): FilterGroup[] {
  return [
    {
      label: 'Show',
      value: filter.state ?? ANY,
      options: [
        { value: ANY, label: 'All sites' },
        ...siteStates.map((value) => ({ value, label: stateNames[value] })),
      ],
      onChange: (value) => onChange({ ...filter, state: siteStates.find((one) => one === value) ?? null }),
    },
    {
      label: 'Order',
      value: filter.order,
      options: siteOrders.map((value) => ({ value, label: orderNames[value] })),
      onChange: (value) => onChange({ ...filter, order: siteOrders.find((one) => one === value) ?? 'newest' }),
    },
  ]
}

export const tagsOf = (hosts: Host[]): string[] =>
  [...new Set(hosts.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b))
