import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'

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
