import { Loader } from '@mantine/core'
import { useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { useNow } from '../../components/use-now'
import { DetailHead } from './DetailHead'
import { DetailTabs } from './DetailTabs'
import { InstallsCard } from './InstallsCard'
import { Journey } from './Journey'
import { NextStep } from './NextStep'
import { TestsCard } from './TestsCard'

export function CertificateDetail({ id }: { id: string }) {
  const { data: detail, error, refetch } = useAnswer('identities.detail', { identity: id })
  const now = useNow()
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (detail === undefined) return <Loader aria-label="Loading" />
  return (
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
  )
}
