import { Button, Divider, Loader } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useAnswer } from '../../api'
import { EmptyScreen } from '../../components/EmptyScreen'
import { ErrorNotice } from '../../components/ErrorNotice'
import { useNavigation } from '../../navigation'
import { HostDetail } from './HostDetail'
import { HostForm } from './HostForm'
import { HostList } from './HostList'
import './connections.css'

/** The sites a person needs, and whether their certificate opens them. */
export function Connections() {
  const { place, go } = useNavigation()
  const hosts = useAnswer('hosts.list', { limit: 1000 })
  const opened = useAnswer('connections.report', { report: place.report ?? '' }, { enabled: place.report !== null })
  const rows = hosts.data?.rows ?? []
  const wanted = place.report === null ? place.host : (opened.data?.host ?? null)
  const host = rows.find(({ id }) => id === wanted) ?? (place.report === null ? rows[0] : undefined)

  if (hosts.error !== null) return <ErrorNotice error={hosts.error} onRetry={() => void hosts.refetch()} />
  if (hosts.data === undefined) return <Loader m="xl" aria-label="Loading" />
  if (rows.length === 0) return <FirstSite />
  return (
    <div className="split connections">
      <HostList hosts={rows} selected={host?.id ?? null} />
      <div className="split-detail">
        {opened.error !== null && place.report !== null && (
          <ErrorNotice error={opened.error} onRetry={() => go({ report: null })} />
        )}
        {host !== undefined && (
          <HostDetail key={host.id} host={host} opened={place.report === null ? null : (opened.data ?? null)} />
        )}
      </div>
    </div>
  )
}

function FirstSite() {
  const { go } = useNavigation()
  return (
    <EmptyScreen
      icon={<IconPlugConnected size={28} aria-hidden />}
      title="Which site do you need?"
      actions={
        <div className="first-site">
          <HostForm host={null} onSaved={({ id }) => go({ host: id, report: null })} />
          <Divider my="lg" label="or" />
          <Button variant="default" onClick={() => go({ screen: 'practice' })}>
            Try it with the practice site
          </Button>
        </div>
      }
    >
      Enter its address as you would in your browser. Latchkey tests it without and with your certificate and tells you
      what happens.
    </EmptyScreen>
  )
}
