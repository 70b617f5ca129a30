import type { CertificateOrder, CertificateState } from '#shared/model/identity'
import { ANY, type FilterGroup } from '../../components/FilterMenu'

/** What the list of certificates shows, and in which order. */
export interface CertificateFilter {
  state: CertificateState | null
  tag: string | null
  order: CertificateOrder
}

export const noFilter: CertificateFilter = { state: null, tag: null, order: 'newest' }

export const isFiltered = ({ state, tag }: CertificateFilter): boolean => state !== null || tag !== null

const states: { value: CertificateState; label: string }[] = [
  { value: 'waiting', label: 'Requested' },
  { value: 'valid', label: 'Valid' },
  { value: 'expiring', label: 'Expires soon' },
  { value: 'expired', label: 'Expired' },
  { value: 'refused', label: 'Not let in anywhere' },
]
const orders: { value: CertificateOrder; label: string }[] = [
  { value: 'newest', label: 'Newest first' },
  { value: 'name', label: 'Name' },
  { value: 'expires', label: 'Expires first' },
]

export function filterGroups(filter: CertificateFilter, onChange: (filter: CertificateFilter) => void): FilterGroup[] {
  return [
    {
      label: 'Show',
      value: filter.state ?? ANY,
      options: [{ value: ANY, label: 'All certificates' }, ...states],
      onChange: (value) => onChange({ ...filter, state: states.find((one) => one.value === value)?.value ?? null }),
    },
    {
      label: 'Order',
      value: filter.order,
      options: orders,
      onChange: (value) => onChange({ ...filter, order: orders.find((one) => one.value === value)?.value ?? 'newest' }),
    },
  ]
}
