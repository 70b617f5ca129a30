import { Input, Text, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import { OpenModal } from '../components/OpenModal'
import { useNavigation } from '../navigation'
import styles from './Palette.module.css'
import { PaletteOption } from './PaletteOption'
import { activeEntry, type Entry, nextEntry } from './palette-choice'
import { usePaletteEntries } from './palette-entries'

const words = 'Search certificates, sites, issuers and actions'

/** Everything that can be done or found, from the keyboard. A combobox: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function Palette() {
  const { close } = useNavigation()
  const list = useId()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const groups = usePaletteEntries(query).filter(({ actions }) => actions.length > 0)
  const entries = groups.flatMap(({ actions }) => actions)
  const active = activeEntry(entries, chosen)
  const optionId = ({ id }: Entry) => `${list}-${id}`
  const activeId = active === null ? undefined : optionId(active)
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  function run(entry: Entry) {
    // First: an action may open another window, which takes the place of this one.
    close('palette')
    entry.onClick()
  }
  function press(event: KeyboardEvent) {
    // Enter and the arrows belong to the input method while it composes a word.
    if (event.nativeEvent.isComposing) return
    const next = nextEntry(entries, active, event.key)
    if (next !== null) setChosen(next.id)
    else if (event.key === 'Enter' && active !== null) run(active)
    else return
    event.preventDefault()
  }

  return (
    <OpenModal
      title="Search"
      onClose={() => close('palette')}
      withCloseButton={false}
      centered={false}
      size={600}
      padding={0}
      yOffset="8dvh"
      classNames={{ header: styles.title }}
    >
      <Input
        size="lg"
        variant="unstyled"
        leftSection={<IconSearch size={18} aria-hidden />}
        className={styles.search}
        placeholder={words}
        aria-label={words}
        role="combobox"
        aria-expanded={active !== null}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        autoComplete="off"
        maxLength={200}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setChosen(null)
        }}
        onKeyDown={press}
      />
      <div role="listbox" id={list} aria-label="Results" tabIndex={-1} className={styles.list} hidden={active === null}>
        {groups.map(({ group, actions }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={group} role="group" aria-label={group}>
            <Text size="xs" c="dimmed" className={styles.group} aria-hidden title={group}>
              <bdi>{group}</bdi>
            </Text>
            {actions.map((entry) => (
              <PaletteOption
                key={entry.id}
                id={optionId(entry)}
                entry={entry}
                isActive={entry === active}
                onPoint={() => setChosen(entry.id)}
                onRun={() => run(entry)}
              />
            ))}
          </div>
        ))}
      </div>
      {active === null && (
        <Text c="dimmed" ta="center" p="xl">
          No results
        </Text>
      )}
      <VisuallyHidden role="status">
        {active === null ? 'No results' : countOf(entries.length, 'result')}
      </VisuallyHidden>
    </OpenModal>
  )
}
