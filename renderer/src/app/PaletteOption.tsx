import { Kbd, Text } from '@mantine/core'
import styles from './Palette.module.css'
import type { Entry } from './palette-choice'

interface PaletteOptionProps {
  id: string
  entry: Entry
  isActive: boolean
  /** The pointer was moved onto it. */
  onPoint(): void
  onRun(): void
}

/** One line of the palette. The focus stays in the field, which names the line that Enter would take. */
export function PaletteOption({ id, entry, isActive, onPoint, onRun }: PaletteOptionProps) {
  const { label, description, Icon, shortcut } = entry
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={styles.option}
      onMouseMove={({ movementX, movementY }) => {
        // Chromium also says so where the list was scrolled below a pointer that rests.
        if (movementX !== 0 || movementY !== 0) onPoint()
      }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      <Icon size={18} aria-hidden />
      <span className={styles.words}>
        <bdi className={styles.cut} title={label}>
          {label}
        </bdi>
        {description !== undefined && (
          <Text component="bdi" size="xs" c="dimmed" className={styles.cut} title={description}>
            {description}
          </Text>
        )}
      </span>
      {shortcut !== undefined && <Kbd size="xs">{shortcut}</Kbd>}
    </div>
  )
}
