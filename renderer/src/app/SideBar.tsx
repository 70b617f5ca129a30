import { Badge, Kbd, NavLink, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import {
  IconCertificate,
  IconCloudLock,
  IconKey,
  IconLock,
  IconRubberStamp,
  IconSearch,
  IconSettings,
  IconShieldLock,
  IconWorld,
} from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { expiringColor } from '#shared/logic/expiring/line'
import type { VaultState } from '#shared/model/vault'
import { useAnswer } from '../api'
import textStyles from '../components/text.module.css'
import { useAreas } from '../components/use-areas'
import { useNarrow } from '../components/use-narrow'
import { useNow } from '../components/use-now'
import { type Screen, screenNames, useNavigation } from '../navigation'
import { isScreenShown } from './areas'
import styles from './SideBar.module.css'

const entries: { screen: Screen; icon: typeof IconKey }[] = [
  { screen: 'certificates', icon: IconCertificate },
  { screen: 'connections', icon: IconWorld },
  { screen: 'authorities', icon: IconRubberStamp },
  { screen: 'access', icon: IconCloudLock },
]

export function SideBar() {
  const { screen: current, open } = useNavigation()
  const areas = useAreas()
  const isInSight = (screen: Screen) => screen === current || isScreenShown(screen, areas)
  const { data: info } = useAnswer('app.info', undefined)
  return (
    <aside className={styles.side} aria-label="Latchkey">
      <div className={styles.brand}>
        <span className={styles.mark}>
          <IconKey size={16} aria-hidden />
        </span>
        <span className={styles.words}>Latchkey</span>
      </div>
      <RailTooltip label="Search">
        <UnstyledButton className={styles.search} onClick={() => open('palette')}>
          <IconSearch size={15} aria-hidden />
          <span className={styles.words}>Search</span>
          <Kbd size="xs" className={styles.shortcut}>
            {info?.platform === 'darwin' ? '⌘ K' : 'Ctrl K'}
          </Kbd>
        </UnstyledButton>
      </RailTooltip>
      <nav aria-label="Main">
        {entries.map(({ screen, icon }) => isInSight(screen) && <Entry key={screen} screen={screen} icon={icon} />)}
        <div className={styles.foot}>
          <Entry screen="settings" icon={IconSettings} />
        </div>
      </nav>
      <VaultLine />
    </aside>
  )
}

function Entry({ screen, icon: Icon }: { screen: Screen; icon: typeof IconKey }) {
  const { screen: current, go } = useNavigation()
  return (
    <RailTooltip label={screenNames[screen]}>
      <NavLink
        component="button"
        type="button"
        label={<span className={styles.words}>{screenNames[screen]}</span>}
        leftSection={<Icon size={18} aria-hidden />}
        active={screen === current}
        aria-current={screen === current ? 'page' : undefined}
        rightSection={screen === 'access' ? <Changes /> : <Expiring screen={screen} />}
        onClick={() => go({ screen })}
      />
    </RailTooltip>
  )
}

/** How many things expire soon that are dealt with on this screen. */
function Expiring({ screen }: { screen: Screen }) {
  const { data: places } = useAnswer('expiring.places', undefined)
  const now = useNow()
  const group = screen === 'certificates' ? places?.certificates : screen === 'authorities' ? places?.issuers : null
  if (group === null || group === undefined) return null
  return (
    <Badge className={styles.count} color={expiringColor(group, now)} radius="xl">
      {group.count > MAX_COUNT ? `${MAX_COUNT}+` : group.count}
      <VisuallyHidden> expiring</VisuallyHidden>
    </Badge>
  )
}

/** How many things somebody else has changed in Access since the last look, once that was read. */
function Changes() {
  // What the screen has asked for: at a start, nothing of Access is loaded because of a number.
  const { data: overview } = useAnswer('cloudflare.overview', undefined, { enabled: false })
  const count = overview?.drift.changes.length ?? 0
  if (count === 0) return null
  return (
    <Badge className={styles.count} color="orange" radius="xl">
      {count > MAX_COUNT ? `${MAX_COUNT}+` : count}
      <VisuallyHidden> changed</VisuallyHidden>
    </Badge>
  )
}

const MAX_COUNT = 99

/** In a narrow window only the icons are in sight. */
function RailTooltip({ label, children }: { label: string; children: ReactElement }) {
  const isNarrow = useNarrow()
  return (
    <Tooltip label={label} position="right" disabled={!isNarrow}>
      {children}
    </Tooltip>
  )
}

function VaultLine() {
  const { data: vault } = useAnswer('vault.state', undefined)
  if (vault === undefined) return null
  const Icon = vault.state === 'unlocked' ? IconShieldLock : IconLock
  return (
    <RailTooltip label={vaultWords(vault)}>
      <div className={styles.vault} role="status">
        <Icon size={15} aria-hidden />
        <span className={`${styles.words} ${textStyles.wrap}`}>{vaultWords(vault)}</span>
      </div>
    </RailTooltip>
  )
}

function vaultWords({ state, keptIn, sealedFiles }: VaultState): string {
  switch (state) {
    case 'unlocked':
      return sealedFiles === 0 ? 'No keys yet' : `Keys protected · ${keptIn}`
    case 'new':
      return 'No keys yet'
    case 'locked':
      return 'Keys are locked'
    case 'key-lost':
      return 'Master key is missing'
  }
}
