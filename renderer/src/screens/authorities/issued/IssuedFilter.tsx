import { Select } from '@mantine/core'
import type { IssuedStatus } from '#shared/model/authority'
import { DelayedSearch } from '../../../components/SearchField'
import styles from './issued.module.css'
import { type Sort, sorts, statuses } from './issued-words'
import type { IssuedQuery } from './use-issued'

export interface Filter {
  search: string
  status: IssuedStatus | null
  sort: Sort
}

export const noFilter: Filter = { search: '', status: null, sort: 'issued' }

export function issuedQuery({ search, status, sort }: Filter, authority: string): IssuedQuery {
  const descending = sorts.find(({ value }) => value === sort)?.descending ?? true
  return { authority, search: search.trim(), status, sort, descending }
}

interface FilterProps {
  filter: Filter
  onChange(filter: Filter): void
}

export function IssuedFilter({ filter, onChange }: FilterProps) {
  return (
    <search className={styles.filter}>
      <DelayedSearch
        label="Search names and serial numbers"
        initial={filter.search}
        onSearch={(search) => onChange({ ...filter, search })}
      />
      <Select
        aria-label="Status"
        placeholder="Any status"
        data={statuses}
        value={filter.status}
        clearable
        onChange={(value) =>
          onChange({ ...filter, status: statuses.find((status) => status.value === value)?.value ?? null })
        }
      />
      <Select
        aria-label="Order"
        data={sorts.map(({ value, label }) => ({ value, label }))}
        value={filter.sort}
        allowDeselect={false}
        onChange={(value) =>
          onChange({ ...filter, sort: sorts.find((sort) => sort.value === value)?.value ?? 'issued' })
        }
      />
    </search>
  )
}
