import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { SearchField } from './SearchField'

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
