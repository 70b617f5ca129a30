import { ActionIcon, Menu } from '@mantine/core'
import { IconFilter, IconSquareCheck } from '@tabler/icons-react'
import { Fragment } from 'react'

/** One question with one answer: which rows, or in which order. */
export interface FilterGroup {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange(value: string): void
}

interface FilterMenuProps {
  groups: readonly FilterGroup[]
  /** Whether rows are hidden by it. */
  isFiltered: boolean
  onSelectSeveral?(): void
}

/** Beside the search of a list: which rows it shows, in which order, and selecting several. */
export function FilterMenu({ groups, isFiltered, onSelectSeveral }: FilterMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          size="lg"
          variant={isFiltered ? 'light' : 'default'}
          aria-label={isFiltered ? 'Filter and order, filtered' : 'Filter and order'}
        >
          <IconFilter size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="min(460px, calc(100dvh - 130px))" style={{ overflowY: 'auto' }}>
        {groups.map(({ label, value, options, onChange }) => (
          <Fragment key={label}>
            <Menu.Label>{label}</Menu.Label>
            <Menu.RadioGroup value={value} onChange={onChange}>
              {options.map((option) => (
                <Menu.RadioItem key={option.value} value={option.value}>
                  {option.label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Divider />
          </Fragment>
        ))}
        {onSelectSeveral !== undefined && (
          <Menu.Item leftSection={<IconSquareCheck size={16} aria-hidden />} onClick={onSelectSeveral}>
            Select several
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The value of an option that stands for no filter. */
export const ANY = ''

export const tagGroup = (tags: readonly string[], tag: string | null, onChange: (tag: string | null) => void) =>
  tags.length === 0
    ? []
    : [
        {
          label: 'Tag',
          value: tag ?? ANY,
          options: [{ value: ANY, label: 'Any tag' }, ...tags.map((value) => ({ value, label: value }))],
          onChange: (value: string) => onChange(value === ANY ? null : value),
        },
      ]
