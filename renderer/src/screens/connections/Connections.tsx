import { Button, Divider, Stack } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import type { Host } from '#shared/model/host'
import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ErrorNotice } from '../../components/ErrorNotice'
import { SplitView } from '../../components/SplitView'
import { useAreas } from '../../components/use-areas'
import { useNavigation, usePlace } from '../../navigation'
import styles from './Connections.module.css'
import { HostDetail } from './HostDetail'
import { HostForm } from './HostForm'
import { HostList } from './HostList'

/** The sites a person needs, and whether their certificate opens them. */
export function Connections() {
  const query = useAnswer('hosts.list', { limit: 1000 })
  return (
    <Answered
      query={query}
      onRetry={query.refetch}
      loader={{ m: 'xl' }}
      isEmpty={({ rows }) => rows.length === 0}
      empty={<FirstSite />}
    >
      {({ rows }) => <Sites hosts={rows} />}
    </Answered>
  )
}

function Sites({ hosts }: { hosts: Host[] }) {
  const { go } = useNavigation()
  const place = usePlace('connections')
  const opened = useAnswer('connections.report', { report: place.report ?? '' }, { enabled: place.report !== null })
  const wanted = place.report === null ? place.host : (opened.data?.host ?? null)
  const host = hosts.find(({ id }) => id === wanted) ?? (place.report === null ? hosts[0] : undefined)
  return (
    <SplitView
      listLabel="Sites"
      list={<HostList hosts={hosts} selected={host?.id ?? null} />}
      detailLabel="Site"
      detail={
        <>
          {opened.error !== null && place.report !== null && (
            <ErrorNotice error={opened.error} onRetry={() => go({ screen: 'connections', report: null })} />
          )}
          {host !== undefined && (
            <HostDetail key={host.id} host={host} opened={place.report === null ? null : (opened.data ?? null)} />
          )}
        </>
      }
      isChosen={place.host !== null || place.report !== null}
      backTo="Sites"
      onBack={() => go({ screen: 'connections', host: null, report: null })}
    />
  )
}

function FirstSite() {
  const { go } = useNavigation()
  const { practice } = useAreas()
  return (
    <EmptyScreen
      icon={<IconPlugConnected size={28} aria-hidden />}
      title="Which site do you need?"
      actions={
        <div className={styles.firstSite}>
          <HostForm host={null} onSaved={({ id }) => go({ screen: 'connections', host: id, report: null })} />
          <Divider my="lg" label="or" />
          <Stack gap="xs" align="center">
            <Button variant="default" onClick={() => go({ screen: 'site-check' })}>
              Find out which certificate it wants
            </Button>
            {!practice.isHidden && (
              <Button variant="default" onClick={() => go({ screen: 'practice' })}>
                Try it with the practice site
              </Button>
            )}
          </Stack>
        </div>
      }
    >
      Enter its address as you would in your browser. Latchkey tests it without and with your certificate and tells you
      what happens.
    </EmptyScreen>
  )
}
