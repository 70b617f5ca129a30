import { Menu } from '@mantine/core'
import { IconSquareCheck, IconTag, IconTrash } from '@tabler/icons-react'

/** In the menu of a row: begins to select, with this row. */
export const SelectItem = ({ onSelect }: { onSelect(): void }) => (
  <Menu.Item leftSection={<IconSquareCheck size={16} aria-hidden />} onClick={onSelect}>
    Select several
  </Menu.Item>
)

interface SeveralItemsProps {
  /** "3 certificates" */
  what: string
  onTag(): void
  onDelete(): void
}

/** In the menu of a row that is one of several selected ones: what can be done with all of them in every list. */
export const SeveralItems = ({ what, onTag, onDelete }: SeveralItemsProps) => (
  <>
    <Menu.Item leftSection={<IconTag size={16} aria-hidden />} onClick={onTag}>
      Add a tag…
    </Menu.Item>
    <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} c="var(--mantine-color-error)" onClick={onDelete}>
      Delete {what}…
    </Menu.Item>
  </>
)
