import { Button } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useNoticedAction } from '../../../components/failure-notice'
import { useNavigation } from '../../../navigation'
import styles from '../access.module.css'

/** What the practice account is, and the ways out of it. */
export function PracticeNotice() {
  const { go } = useNavigation()
  const practise = useNoticedAction('cloudflare.practise', 'The practice account is still open.')
  return (
    <div className={styles.notice} data-tone="teal">
      <IconFlask size={18} aria-hidden />
      <span className={styles.grow}>
        This account is on this computer. It decides who gets in at the practice site, and takes no API token.
      </span>
      <Button size="xs" variant="default" onClick={() => go({ screen: 'practice' })}>
        Practice site
      </Button>
      <Button size="xs" variant="default" loading={practise.isPending} onClick={() => practise.mutate({ isOn: false })}>
        Leave
      </Button>
    </div>
  )
}
