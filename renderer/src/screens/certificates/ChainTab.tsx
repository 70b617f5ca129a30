import { Stack } from '@mantine/core'
import type { CertificateView } from '#shared/model/certificate'
import type { IdentityDetail } from '#shared/model/identity'
import { useAnswer } from '../../api'
import { ChainList } from '../../components/ChainList'
import { PathVerdictCard } from '../../components/PathVerdictCard'

/** Whether the chain holds, and what it consists of. The verdict takes a moment and never keeps the chain from showing. */
export function ChainTab({ detail, certificate }: { detail: IdentityDetail; certificate: CertificateView }) {
  const { data: verdict } = useAnswer('identities.verify', { identity: detail.summary.id })
  return (
    <Stack gap="md">
      {verdict !== undefined && <PathVerdictCard verdict={verdict} />}
      <ChainList chain={[certificate, ...detail.chain]} lowest="Your certificate" />
    </Stack>
  )
}
