import { Button, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { AccessConnection } from '#shared/model/access-screen'
import { call, useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { ErrorNotice } from '../../components/ErrorNotice'
import { JobProgress, useJob } from '../../components/JobProgress'
import layout from '../../components/layout.module.css'
import { OffByPolicy, useRestriction } from '../../components/OffByPolicy'
import { usePlace } from '../../navigation'
import { WhoGetsIn } from './explain/WhoGetsIn'
import { NotConnected } from './NotConnected'
import { Overview } from './overview/Overview'
import { PlanPage } from './plan/PlanPage'
import { RollOverPage } from './roll-over/RollOverPage'

/** Access in a Cloudflare account: what is, who gets in, and what should be. */
export function Access() {
  const isOff = useRestriction('access') !== null
  const query = useAnswer('cloudflare.connection', undefined)
  const answered = (
    <Answered query={query} onRetry={query.refetch} loader={{ m: 'xl' }}>
      {(connection) => <Connected connection={connection} />}
    </Answered>
  )
  if (isOff)
    return (
      <div className={`${layout.page} ${layout.narrow}`}>
        <Title order={1} mb="md">
          Access
        </Title>
        <OffByPolicy what="access" label="Access is off on this computer" />
      </div>
    )
  return query.error === null ? answered : <div className={`${layout.page} ${layout.narrow}`}>{answered}</div>
}

function Connected({ connection }: { connection: AccessConnection }) {
  const { view } = usePlace('access')
  if (connection.state === 'none') return <NotConnected />
  if (view === 'explain') return <WhoGetsIn />
  if (view === 'plan') return <PlanPage />
  if (view === 'roll-over') return <RollOverPage />
  return <Read key={connection.isPractice ? 'practice' : 'account'} />
}

/** The account is read when it is first shown after a start, and then only on request. */
function Read() {
  const overview = useAnswer('cloudflare.overview', undefined)
  const { job, error, run } = useJob()
  const [wasRead, setWasRead] = useState(false)
  const read = () => void run((id) => call('cloudflare.read', { job: id }))
  useEffect(() => {
    if (overview.data !== null || wasRead) return
    setWasRead(true)
    void run((id) => call('cloudflare.read', { job: id }))
  })
  if (overview.data !== null && overview.data !== undefined)
    return <Overview overview={overview.data} reading={job} error={error} onRead={read} />
  return (
    <div className={`${layout.page} ${layout.narrow}`}>
      {job !== null && <JobProgress job={job} phase="Reading the account" />}
      {job === null && error !== null && <ErrorNotice error={error} onRetry={read} />}
      {/* Forgotten since it was read, as when the keys are locked. */}
      {wasRead && job === null && error === null && overview.data === null && (
        <Button onClick={read}>Read the account</Button>
      )}
      {overview.error !== null && <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />}
    </div>
  )
}
