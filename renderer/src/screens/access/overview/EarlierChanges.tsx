import { Button, Menu, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useAnswer } from '../../../api'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import styles from '../access.module.css'
import { shownPlan } from '../plan/plan-store'
import { momentWords } from '../read-words'

/** What was applied from here: each can be looked at again, and undone. */
export function EarlierChanges() {
  const { data: runs } = useAnswer('cloudflare.runs', undefined)
  const { go } = useNavigation()
  const now = useNow()
  const over = (runs ?? []).filter(({ state }) => state === 'done' || state === 'undone')
  if (over.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" px={10} variant="default" leftSection={<IconHistory size={16} aria-hidden />}>
          Earlier changes
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {over.map((run) => (
          <Menu.Item
            key={run.id}
            onClick={() => {
              shownPlan.set({ kind: 'run', run })
              go({ screen: 'access', view: 'plan' })
            }}
          >
            <Text size="sm">{run.title}</Text>
            <span className={styles.small}>
              {momentWords(run.begunAt, now)}
              {run.state === 'undone' ? ', undone' : ''}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
