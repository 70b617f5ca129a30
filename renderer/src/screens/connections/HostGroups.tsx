import { Button, Text } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { Host } from '#shared/model/host'
import { groupHosts, type HostGroup } from './group-hosts'
import styles from './HostGroups.module.css'
import { useTestAll } from './test-all'
import { useStartTestAll } from './use-start-test-all'

interface HostGroupsProps {
  hosts: Host[]
  row(host: Host): ReactNode
}

/** The rows of a list of sites, by group; without headings while no site is in one. */
export function HostGroups({ hosts, row }: HostGroupsProps) {
  const groups = groupHosts(hosts)
  if (groups.every(({ name }) => name === null)) return <Rows hosts={hosts} row={row} />
  return groups.map((group) => (
    <Section key={group.name ?? ''} group={group}>
      <Rows hosts={group.hosts} row={row} />
    </Section>
  ))
}

const Rows = ({ hosts, row }: HostGroupsProps) => (
  <ul className={styles.rows}>
    {hosts.map((host) => (
      <li key={host.id}>{row(host)}</li>
    ))}
  </ul>
)

function Section({ group: { name, hosts }, children }: { group: HostGroup; children: ReactNode }) {
  const start = useStartTestAll()
  const running = useTestAll()
  const heading = useId()
  const title = name ?? 'Other sites'
  return (
    <section aria-labelledby={heading}>
      <div className={styles.head}>
        <Text component="h2" id={heading} size="xs" fw={600} c="dimmed" className={styles.title} title={title}>
          {title}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={`Test all: ${title}`}
          disabled={running !== null}
          onClick={() => start(hosts)}
        >
          Test all
        </Button>
      </div>
      {children}
    </section>
  )
}
