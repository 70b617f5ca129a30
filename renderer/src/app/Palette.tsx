import '@mantine/spotlight/styles.css'
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import {
  IconArrowRight,
  IconCertificate,
  IconFileImport,
  IconPlus,
  IconRubberStamp,
  IconSearch,
  IconWorld,
} from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { formatAddress } from '#shared/logic/address'
import { shortName } from '#shared/logic/naming'
import { useRows } from '../api'
import { useImport } from '../import/import-context'
import { screens, useNavigation } from '../navigation'

interface Entry extends SpotlightActionData {
  onClick(): void
}

/** Everything that can be done or found, from the keyboard. */
export function Palette() {
  const { go, open, close } = useNavigation()
  const { choose } = useImport()
  const [query, setQuery] = useState('')
  const [[store, spotlight]] = useState(createSpotlight)
  useEffect(() => spotlight.open(), [spotlight])
  const certificates = useRows('identities.list', query)
  const hosts = useRows('hosts.list', query)

  const groups: { group: string; actions: Entry[] }[] = [
    {
      group: 'Do',
      actions: [
        { id: 'new', label: 'New certificate', leftSection: <IconPlus size={18} />, onClick: () => open('new') },
        {
          id: 'import',
          label: 'Open a certificate file',
          leftSection: <IconFileImport size={18} />,
          onClick: () => void choose(),
        },
        ...screens.map((screen) => ({
          id: screen,
          label: `Go to ${screen.slice(0, 1).toUpperCase()}${screen.slice(1)}`,
          leftSection: <IconArrowRight size={18} />,
          onClick: () => go({ screen }),
        })),
      ].filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase())),
    },
    {
      group: 'Certificates',
      actions: certificates.rows.slice(0, 8).map(({ id, name, issuer }) => ({
        id,
        label: name,
        description: issuer === null ? 'Not issued yet' : `Issued by ${shortName(issuer)}`,
        leftSection: <IconCertificate size={18} />,
        onClick: () => go({ screen: 'certificates', identity: id }),
      })),
    },
    {
      group: 'Sites',
      actions: hosts.rows.slice(0, 8).map((host) => ({
        id: host.id,
        label: formatAddress(host),
        leftSection: <IconWorld size={18} />,
        onClick: () => go({ screen: 'connections', host: host.id, report: null }),
      })),
    },
  ]

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
      classNames={{ header: 'palette-title' }}
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={() => close('palette')}
      actions={shown}
      filter={(_query, actions) => actions}
      nothingFound="Nothing has this name."
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Search certificates, sites and actions',
        'aria-label': 'Search certificates, sites and actions',
        onKeyDown: takeFirst,
      }}
    />
  )
}
