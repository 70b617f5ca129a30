import { Text, ThemeIcon } from '@mantine/core'
import { formatAgo, formatDateTime } from '#shared/logic/formatting'
import type { Activity } from '#shared/model/activity'
import { useNow } from '../../components/use-now'
import { activityKinds } from './activity-kinds'

export function ActivityRow({ entry }: { entry: Activity }) {
  const now = useNow()
  const { icon: Icon, color } = activityKinds[entry.kind]
  return (
    <div className="activity-row">
      <ThemeIcon variant="light" color={color} radius="xl" size={32}>
        <Icon size={17} aria-hidden />
      </ThemeIcon>
      <div className="activity-text">
        <Text size="sm" fw={600} className="wrap">
          {entry.about}
        </Text>
        <Text size="sm" className="wrap">
          {entry.sentence}
        </Text>
      </div>
      <Text
        size="xs"
        c="dimmed"
        component="time"
        dateTime={entry.at}
        title={formatDateTime(entry.at)}
        className="activity-when"
      >
        {formatAgo(entry.at, now)}
      </Text>
    </div>
  )
}
