import { Kbd, NavLink, UnstyledButton } from '@mantine/core'
import {
  IconActivity,
  IconCertificate,
  IconKey,
  IconLock,
  IconPlugConnected,
  IconRubberStamp,
  IconSchool,
  IconSearch,
  IconSettings,
  IconShieldLock,
} from '@tabler/icons-react'
import type { VaultState } from '#shared/model/vault'
import { useAnswer } from '../api'
import textStyles from '../components/text.module.css'
import { type Screen, screenNames, useNavigation } from '../navigation'
import styles from './SideBar.module.css'

const entries: { screen: Screen; icon: typeof IconKey }[] = [
  { screen: 'certificates', icon: IconCertificate },
  { screen: 'connections', icon: IconPlugConnected },
  { screen: 'authorities', icon: IconRubberStamp },
  { screen: 'practice', icon: IconSchool },
  { screen: 'activity', icon: IconActivity },
  { screen: 'settings', icon: IconSettings },
]

export function SideBar() {
  const { screen: current, go, open } = useNavigation()
  const { data: info } = useAnswer('app.info', undefined)
  return (
    <aside className={styles.side} aria-label="Latchkey">
      <div className={styles.brand}>
        <span className={styles.mark}>
          <IconKey size={16} aria-hidden />
        </span>
        Latchkey
      </div>
      <UnstyledButton className={styles.search} onClick={() => open('palette')}>
        <IconSearch size={15} aria-hidden />
        <span>Search</span>
        <Kbd size="xs">{info?.platform === 'darwin' ? '⌘ K' : 'Ctrl K'}</Kbd>
      </UnstyledButton>
      <nav aria-label="Main">
        {entries.map(({ screen, icon: Icon }) => (
          <NavLink
            key={screen}
            component="button"
            type="button"
            label={screenNames[screen]}
            leftSection={<Icon size={18} aria-hidden />}
            active={screen === current}
            aria-current={screen === current ? 'page' : undefined}
            onClick={() => go({ screen })}
          />
        ))}
      </nav>
      <VaultLine />
    </aside>
  )
}

function VaultLine() {
  const { data: vault } = useAnswer('vault.state', undefined)
  if (vault === undefined) return null
  const Icon = vault.state === 'unlocked' ? IconShieldLock : IconLock
  return (
    <div className={styles.vault} role="status">
      <Icon size={15} aria-hidden />
      <span className={textStyles.wrap}>{vaultWords(vault)}</span>
    </div>
  )
}

function vaultWords({ state, keptIn, sealedFiles }: VaultState): string {
  switch (state) {
    case 'unlocked':
      return sealedFiles === 0 ? `Ready to seal keys · ${keptIn}` : `Keys sealed · ${keptIn}`
    case 'new':
      return 'No keys yet'
    case 'locked':
      return 'Keys are locked'
    case 'key-lost':
      return 'Master key is missing'
  }
}
