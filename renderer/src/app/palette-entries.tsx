import type { SpotlightActionData } from '@mantine/spotlight'
import {
  IconArrowRight,
  IconCertificate,
  IconEye,
  IconFileImport,
  IconLock,
  IconPlus,
  IconRubberStamp,
  IconWorld,
} from '@tabler/icons-react'
import { formatAddress } from '#shared/logic/address'
import { formatDate } from '#shared/logic/formatting'
import { shortName } from '#shared/logic/naming'
import { useAction, useAnswer, useRows } from '../api'
import { useImport } from '../import/import-context'
import { screenNames, screens, useNavigation } from '../navigation'

interface Entry extends SpotlightActionData {
  label: string
  onClick(): void
}

interface Group {
  group: string
  actions: Entry[]
}

/** What the palette offers for these words. */
export function usePaletteEntries(query: string): Group[] {
  return [useActions(query), useCertificates(query), useSites(query), useIssuers(query)]
}

const hasWords = (text: string, query: string) => text.toLowerCase().includes(query.trim().toLowerCase())

function useActions(query: string): Group {
  const { go, open } = useNavigation()
  const { choose, chooseToLook } = useImport()
  const lock = useAction('vault.lock')
  const actions: Entry[] = [
    { id: 'new', label: 'New certificate', leftSection: <IconPlus size={18} />, onClick: () => open('new') },
    {
      id: 'import',
      label: 'Open a certificate file',
      leftSection: <IconFileImport size={18} />,
      onClick: () => void choose(),
    },
    {
      id: 'look',
      label: 'Inspect a file',
      leftSection: <IconEye size={18} />,
      onClick: () => void chooseToLook(),
    },
    {
      id: 'new-root',
      label: 'Create a root issuer',
      leftSection: <IconPlus size={18} />,
      onClick: () => {
        go({ screen: 'authorities' })
        open('new-root')
      },
    },
    {
      id: 'issue',
      label: 'Issue a certificate',
      leftSection: <IconRubberStamp size={18} />,
      onClick: () => go({ screen: 'authorities', issuerView: 'issue', requests: null }),
    },
    {
      id: 'lock',
      label: 'Lock keys now',
      leftSection: <IconLock size={18} />,
      onClick: () => lock.mutate(undefined),
    },
    ...screens.map((screen) => ({
      id: screen,
      label: `Go to ${screenNames[screen]}`,
      leftSection: <IconArrowRight size={18} />,
      onClick: () => go({ screen }),
    })),
  ]
  return { group: 'Actions', actions: actions.filter(({ label }) => hasWords(label, query)) }
}

function useCertificates(query: string): Group {
  const { go } = useNavigation()
  const { rows } = useRows('identities.list', query)
  const actions = rows.slice(0, 8).map(({ id, name, issuer }) => ({
    id,
    label: name,
    description: issuer === null ? 'Not issued yet' : `Issued by ${shortName(issuer)}`,
    leftSection: <IconCertificate size={18} />,
    onClick: () => go({ screen: 'certificates', identity: id }),
  }))
  return { group: 'Certificates', actions }
}

function useSites(query: string): Group {
  const { go } = useNavigation()
  const { rows } = useRows('hosts.list', query)
  const actions = rows.slice(0, 8).map((host) => ({
    id: host.id,
    label: formatAddress(host),
    leftSection: <IconWorld size={18} />,
    onClick: () => go({ screen: 'connections', host: host.id, report: null }),
  }))
  return { group: 'Sites', actions }
}

function useIssuers(query: string): Group {
  const { go } = useNavigation()
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const found = (issuers ?? []).filter(({ name }) => hasWords(name, query))
  const actions = found.slice(0, 8).map(({ id, name, isRoot, notAfter }) => ({
    id,
    label: name,
    description: `${isRoot ? 'Root' : 'Intermediate'}, until ${formatDate(notAfter)}`,
    leftSection: <IconRubberStamp size={18} />,
    onClick: () => go({ screen: 'authorities', issuer: id, issuerView: 'overview' }),
  }))
  return { group: 'Issuers', actions }
}
