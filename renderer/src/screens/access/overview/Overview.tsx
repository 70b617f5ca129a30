import { ActionIcon, Badge, Button, Group, Tabs, Text, Title, Tooltip } from '@mantine/core'
import { IconEye, IconFlask, IconRefresh, IconUserQuestion } from '@tabler/icons-react'
import { quoted } from '#shared/logic/isolate'
import { isPracticeAccount } from '#shared/model/access-account'
import type { AccessOverview } from '#shared/model/access-screen'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress } from '../../../components/JobProgress'
import { useNow } from '../../../components/use-now'
import { useNavigation, usePlace } from '../../../navigation'
import styles from '../access.module.css'
import { UnfinishedProtections } from '../protect/UnfinishedProtections'
import { readWords } from '../read-words'
import { WishMenu } from '../wishes/WishMenu'
import { AlertList } from './AlertList'
import { DriftNotice } from './DriftNotice'
import { EarlierChanges } from './EarlierChanges'
import { HostnameTable } from './HostnameTable'
import { ApplicationList, CaList, GroupList, PolicyList } from './Lists'
import { PracticeNotice } from './PracticeNotice'
import { RollOverNotice } from './RollOverNotice'
import { WaitingRun } from './WaitingRun'

interface OverviewProps {
  overview: AccessOverview
  /** The job that reads again; null where none does. */
  reading: string | null
  error: unknown
  onRead(): void
}

export function Overview({ overview, reading, error, onRead }: OverviewProps) {
  const { go } = useNavigation()
  const { list } = usePlace('access')
  const now = useNow()
  const isPractice = isPracticeAccount(overview.account)
  const { account, readAt, rows, cas, applications, policies, groups, alerting, unread } = overview
  const tabs = [
    { value: 'hostnames', label: 'Hostnames', count: rows.length },
    { value: 'cas', label: 'CAs', count: cas.length },
    { value: 'applications', label: 'Applications', count: applications.length },
    { value: 'policies', label: 'Policies', count: policies.length },
    { value: 'groups', label: 'Rule groups', count: groups?.length },
    { value: 'alerts', label: 'Expiry alerts', count: alerting?.alerts.length },
  ] as const
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.title}>
          <Group gap="xs">
            <Title order={1}>Access</Title>
            {isPractice ? (
              <Badge color="teal" leftSection={<IconFlask size={12} aria-hidden />}>
                Practice
              </Badge>
            ) : (
              <Badge color="gray" leftSection={<IconEye size={12} aria-hidden />}>
                Read only
              </Badge>
            )}
          </Group>
          <Group gap={4} wrap="nowrap">
            <Text size="sm" c="dimmed" role="status">
              {account.name}, {readWords(readAt, now)}
            </Text>
            <Tooltip label="Read again">
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label="Read again"
                loading={reading !== null}
                onClick={onRead}
              >
                <IconRefresh size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        </div>
        <Button
          size="xs"
          px={10}
          variant="default"
          leftSection={<IconUserQuestion size={16} aria-hidden />}
          onClick={() => go({ screen: 'access', view: 'explain' })}
        >
          Who gets in?
        </Button>
        <EarlierChanges />
        <WishMenu overview={overview} />
      </div>
      <div className={`${styles.body} ${list === 'hostnames' ? styles.fixed : ''}`}>
        <Tabs
          value={list}
          mb="sm"
          onChange={(value) => {
            const chosen = tabs.find((tab) => tab.value === value)
            if (chosen !== undefined) go({ screen: 'access', list: chosen.value })
          }}
        >
          <Tabs.List aria-label="What Access has" className={styles.lists}>
            {tabs.map(({ value, label, count }) => (
              <Tabs.Tab key={value} value={value}>
                {/* No number for what could not be read. */}
                {label} {count}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        {reading !== null && <JobProgress job={reading} phase="Reading the account" />}
        {error !== null && <ErrorNotice error={error} onRetry={onRead} />}
        {isPractice && <PracticeNotice />}
        <WaitingRun />
        <UnfinishedProtections account={account.id} />
        <RollOverNotice />
        <DriftNotice overview={overview} />
        {unread.map((permission) => (
          <Text key={permission} size="sm" c="dimmed" mb="xs">
            Not everything was read: the token lacks the permission {quoted(permission)}.
          </Text>
        ))}
        {list === 'hostnames' && <HostnameTable rows={rows} />}
        {list === 'cas' && <CaList overview={overview} />}
        {list === 'applications' && <ApplicationList overview={overview} />}
        {list === 'policies' && <PolicyList overview={overview} />}
        {list === 'groups' && <GroupList overview={overview} />}
        {list === 'alerts' && <AlertList overview={overview} />}
      </div>
    </div>
  )
}
