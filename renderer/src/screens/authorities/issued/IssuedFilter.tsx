import { Select } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import type { IssuedStatus } from '#shared/model/authority'
import { SearchField } from '../../../components/SearchField'
import { type Sort, sorts, statuses } from './issued-words'
import type { Wanted } from './use-issued'

export interface Filter {
  search: string
  status: IssuedStatus | null
  sort: Sort
}

export const noFilter: Filter = { search: '', status: null, sort: 'issued' }

export function wantedFrom({ search, status, sort }: Filter, authority: string): Wanted {
  const descending = sorts.find(({ value }) => value === sort)?.descending ?? true
  return { authority, search: search.trim(), status, sort, descending }
}

interface FilterProps {
  filter: Filter
  onChange(filter: Filter): void
}

/** What is typed stays in here until there is a pause, so that a keystroke redraws one field and not the list. */
export function IssuedFilter({ filter, onChange }: FilterProps) {
  const [search, setSearch] = useState(filter.search)
  const ask = useDebouncedCallback((wanted: string) => onChange({ ...filter, search: wanted }), 120)
  return (
    <search className="issued-filter">
      <SearchField
        label="Search names and serials"
        value={search}
        onChange={(value) => {
          setSearch(value)
          ask(value)
        }}
      />
      <Select
        aria-label="Status"
        placeholder="Any status"
        data={statuses}
        value={filter.status}
        clearable
        onChange={(value) =>
          onChange({ ...filter, search, status: statuses.find((status) => status.value === value)?.value ?? null })
        }
      />
      <Select
        aria-label="Order"
        data={sorts.map(({ value, label }) => ({ value, label }))}
        value={filter.sort}
        allowDeselect={false}
        onChange={(value) =>
          onChange({ ...filter, search, sort: sorts.find((sort) => sort.value === value)?.value ?? 'issued' })
        }
      />
    </search>
  )
}
