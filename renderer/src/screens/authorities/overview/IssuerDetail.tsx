import { useState } from 'react'
import { useAnswer } from '../../../api'
import { Answered } from '../../../components/Answered'
import { StepLine } from '../../../components/StepLine'
import { useNow } from '../../../components/use-now'
import { ChainCard } from './ChainCard'
import { CrlCard } from './CrlCard'
import { IssueCard } from './IssueCard'
import { IssuerHead } from './IssuerHead'
import { IssuerTabs } from './IssuerTabs'
import { issuerSteps } from './issuer-steps'
import { NextIssuerTask } from './NextIssuerTask'
import { SuccessorCard } from './SuccessorCard'
import { TaskWindow } from './TaskWindow'
import type { Task } from './tasks'

export function IssuerDetail({ id }: { id: string }) {
  const query = useAnswer('authorities.detail', { authority: id })
  const now = useNow()
  const [task, setTask] = useState<Task | null>(null)
  return (
    <Answered query={query} onRetry={query.refetch} loader={{}}>
      {(detail) => (
        <>
          <IssuerHead detail={detail} now={now} onTask={setTask} />
          <StepLine label="How far this issuer is" steps={issuerSteps(detail, now)} />
          <NextIssuerTask detail={detail} now={now} onTask={setTask} />
          <div className="cards issuer-cards">
            <ChainCard detail={detail} />
            <IssueCard detail={detail} />
            <CrlCard issuer={detail.summary} now={now} onWrite={() => setTask('crl')} />
            <SuccessorCard issuer={detail.summary} now={now} onReplace={() => setTask('successor')} />
          </div>
          <IssuerTabs detail={detail} />
          {task !== null && <TaskWindow task={task} detail={detail} onClose={() => setTask(null)} />}
        </>
      )}
    </Answered>
  )
}
