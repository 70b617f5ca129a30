import { useEffect, useRef } from 'react'
import type { AccessConnection } from '#shared/model/access-screen'
import { call, useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { ErrorNotice } from '../../components/ErrorNotice'
import { JobProgress, useJob } from '../../components/JobProgress'
import layout from '../../components/layout.module.css'
import { usePlace } from '../../navigation'
import { WhoGetsIn } from './explain/WhoGetsIn'
import { NotConnected } from './NotConnected'
import { Overview } from './overview/Overview'
import { PlanPage } from './plan/PlanPage'

/** Access in a Cloudflare account: what is, who gets in, and what should be. */
export function Access() {
  const query = useAnswer('cloudflare.connection', undefined)
  const answered = (
    <Answered query={query} onRetry={query.refetch} loader={{ m: 'xl' }}>
      {(connection) => <Connected connection={connection} />}
    </Answered>
  )
  return query.error === null ? answered : <div className={`${layout.page} ${layout.narrow}`}>{answered}</div>
}

function Connected({ connection }: { connection: AccessConnection }) {
  const { view } = usePlace('access')
  if (connection.state === 'none') return <NotConnected />
  if (view === 'explain') return <WhoGetsIn />
  if (view === 'plan') return <PlanPage />
  return <Read />
}

/** The account is read when it is first shown after a start, and then only on request. */
function Read() {
  const overview = useAnswer('cloudflare.overview', undefined)
  const { job, error, run } = useJob()
  const wasRead = useRef(false)
  const read = () => void run((id) => call('cloudflare.read', { job: id }))
  useEffect(() => {
    if (overview.data !== null || wasRead.current) return
    wasRead.current = true
    void run((id) => call('cloudflare.read', { job: id }))
  })
  if (overview.data !== null && overview.data !== undefined)
    return <Overview overview={overview.data} reading={job} error={error} onRead={read} />
  return (
    <div className={`${layout.page} ${layout.narrow}`}>
      {job !== null && <JobProgress job={job} phase="Reading the account" />}
      {job === null && error !== null && <ErrorNotice error={error} onRetry={read} />}
      {overview.error !== null && <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />}
    </div>
  )
}
