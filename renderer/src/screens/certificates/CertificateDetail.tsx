import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { useNow } from '../../components/use-now'
import { DetailHead } from './DetailHead'
import { DetailTabs } from './DetailTabs'
import { InstallsCard } from './InstallsCard'
import { Journey } from './Journey'
import { NextStep } from './NextStep'
import { TestsCard } from './TestsCard'

export function CertificateDetail({ id }: { id: string }) {
  const query = useAnswer('identities.detail', { identity: id })
  const now = useNow()
  return (
    <Answered query={query} onRetry={query.refetch} loader={{}}>
      {(detail) => (
        <>
          <DetailHead detail={detail} now={now} />
          <Journey journey={detail.summary.journey} />
          <NextStep detail={detail} now={now} />
          {detail.certificate !== null && (
            <div className="cards">
              <InstallsCard detail={detail} />
              <TestsCard detail={detail} now={now} />
            </div>
          )}
          <DetailTabs detail={detail} />
        </>
      )}
    </Answered>
  )
}
