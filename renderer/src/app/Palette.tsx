import '@mantine/spotlight/styles.layer.css'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useReturnFocus } from '../components/return-focus'
import { useNarrow } from '../components/use-narrow'
import { useNavigation } from '../navigation'
import styles from './Palette.module.css'
import { usePaletteEntries } from './palette-entries'

/** Everything that can be done or found, from the keyboard. */
export function Palette() {
  const { close } = useNavigation()
  useReturnFocus()
  const isNarrow = useNarrow()
  const [query, setQuery] = useState('')
  const [[store, spotlight]] = useState(createSpotlight)
  useEffect(() => spotlight.open(), [spotlight])
  const groups = usePaletteEntries(query)

  const shown = groups.filter(({ actions }) => actions.length > 0)
  /** Typing and pressing Enter takes the first that was found. Spotlight's own choice is lost when answers arrive later. */
  const takeFirst = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    const list = document.getElementById(store.getState().listId)
    if (list?.querySelector('[data-selected]') == null) shown[0]?.actions[0]?.onClick()
  }

  return (
    <Spotlight
      title="Search"
      classNames={{ header: styles.title, actionsList: styles.list }}
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={() => close('palette')}
      actions={shown}
      filter={(_query, actions) => actions}
      nothingFound="No results"
      scrollable
      yOffset={isNarrow ? 8 : 80}
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Search certificates, sites, issuers and actions',
        'aria-label': 'Search certificates, sites, issuers and actions',
        onKeyDown: takeFirst,
      }}
    />
  )
}
