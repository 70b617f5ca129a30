import { IconCertificate, IconRubberStamp, IconWorld } from '@tabler/icons-react'
import { appActions, hiddenAreas, isActionShown, shortcutOf, shortcutWords } from '#shared/logic/actions'
import { formatAddress } from '#shared/logic/address'
import { findActions } from '#shared/logic/find-actions'
import { formatDate } from '#shared/logic/formatting'
import { isolated } from '#shared/logic/isolate'
import { shortName } from '#shared/logic/naming'
import { ActionId } from '#shared/model/window-command'
import { useAnswer, useRows } from '../api'
import { shownThing } from '../components/shown-thing'
import { useAreas } from '../components/use-areas'
import { useNavigation } from '../navigation'
import { useStore } from '../store'
import { actionIcons } from './action-icons'
import type { Entry } from './palette-choice'
import { useAppActions } from './use-app-actions'

export interface Group {
  group: string
  actions: Entry[]
}

/** What the palette offers for these words: what can be done with the thing on the screen comes first. */
export function usePaletteEntries(query: string): Group[] {
  const shown = useShownActions(query)
  const found = [useCertificates(query), useSites(query), useIssuers(query)]
  const actions = useActions(
    query,
    shown.actions.map(({ id }) => id),
  )
  return [shown, actions, ...found]
}

const hasWords = (text: string, query: string) => text.toLowerCase().includes(query.trim().toLowerCase())

const useIsMac = () => useAnswer('app.info', undefined).data?.platform === 'darwin'

function shownShortcut(id: ActionId, isMac: boolean): { shortcut?: string } {
  const shortcut = shortcutOf(id, isMac)
  return shortcut === undefined ? {} : { shortcut: shortcutWords(shortcut, isMac) }
}

function useShownActions(query: string): Group {
  const shown = useStore(shownThing)
  const isMac = useIsMac()
  const actions = findActions(query, shown?.actions ?? []).map(({ id, label, Icon, run }) => ({
    id: `shown-${id}`,
    label,
    Icon,
    // What the menu offers as well has its shortcut there.
    ...(id === 'export' ? shownShortcut('export', isMac) : {}),
    onClick: run,
  }))
  return { group: shown?.name ?? '', actions }
}

/** They open the search, so it does not list them. */
const inPalette: ActionId[] = ['find', 'palette']

function useActions(query: string, offered: string[]): Group {
  const act = useAppActions()
  const areas = useAreas()
  const { data: info } = useAnswer('app.info', undefined)
  const isOffered = (id: ActionId) =>
    isActionShown(id, areas) &&
    (id !== 'licences' || info?.hasLicences === true) &&
    (id !== 'command-tool' || info?.hasCommandTool === true) &&
    !inPalette.includes(id) &&
    !offered.includes(`shown-${id}`)
  const all = ActionId.options.filter(isOffered).map((id) => ({ id, ...appActions[id] }))
  // Offered to whoever looks for it, not to whoever opens the palette.
  const hidden = query.trim() === '' ? [] : hiddenAreas(areas)
  const isMac = useIsMac()
  const actions = findActions(query, [...all, ...hidden]).map(({ id, label }) => ({
    id,
    label,
    Icon: actionIcons[id],
    ...shownShortcut(id, isMac),
    onClick: act[id],
  }))
  return { group: 'Actions', actions }
}

function useCertificates(query: string): Group {
  const { go } = useNavigation()
  const { rows } = useRows('identities.list', query)
  const actions = rows.slice(0, 8).map(({ id, name, issuer }) => ({
    id,
    label: name,
    description: issuer === null ? 'Not issued yet' : `Issued by ${isolated(shortName(issuer))}`,
    Icon: IconCertificate,
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
    Icon: IconWorld,
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
    Icon: IconRubberStamp,
    onClick: () => go({ screen: 'authorities', issuer: id, issuerView: 'overview' }),
  }))
  return { group: 'Issuers', actions }
}
