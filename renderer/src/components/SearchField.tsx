import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'

interface SearchProps {
  label: string
  value: string
  onChange(value: string): void
}

export function SearchField({ label, value, onChange }: SearchProps) {
  return (
    <TextInput
      type="search"
      size="sm"
      aria-label={label}
      placeholder={label}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        value === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => onChange('')} />
      }
    />
  )
}

interface DelayedSearchProps {
  label: string
  initial: string
  onSearch(text: string): void
}

/** What is typed stays in here until there is a pause, so that a keystroke redraws one field and no list. */
export function DelayedSearch({ label, initial, onSearch }: DelayedSearchProps) {
  const [typed, setTyped] = useState(initial)
  const ask = useDebouncedCallback(onSearch, 120)
  return (
    <SearchField
      label={label}
      value={typed}
      onChange={(text) => {
        setTyped(text)
        ask(text)
      }}
    />
  )
}
