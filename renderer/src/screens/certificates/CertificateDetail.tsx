import { Stack, Tabs } from '@mantine/core'
import type { CertificateView } from '#shared/model/certificate'
import type { IdentityDetail, Journey as JourneyModel, JourneyStep } from '#shared/model/identity'
import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { ChainList } from '../../components/ChainList'
import layout from '../../components/layout.module.css'
import { PathVerdictCard } from '../../components/PathVerdictCard'
import { StepLine } from '../../components/StepLine'
import { useNow } from '../../components/use-now'
import { DetailHead } from './DetailHead'
import { DetailsTab } from './DetailsTab'
import { InstallsCard } from './InstallsCard'
import { NextStep } from './NextStep'
import { RequestTab } from './RequestTab'
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
            <div className={layout.cards}>
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

function DetailTabs({ detail }: { detail: IdentityDetail }) {
  const { certificate, requestPem } = detail
  return (
    // The chain is judged when somebody looks at it, not with every certificate that is opened.
    <Tabs defaultValue={certificate === null ? 'request' : 'details'} mt="lg" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="details">Details</Tabs.Tab>
        {certificate !== null && <Tabs.Tab value="chain">Chain</Tabs.Tab>}
        {requestPem !== null && <Tabs.Tab value="request">Request</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="details" pt="md" keepMounted>
        <DetailsTab detail={detail} />
      </Tabs.Panel>
      {certificate !== null && (
        <Tabs.Panel value="chain" pt="md">
          <ChainTab detail={detail} certificate={certificate} />
        </Tabs.Panel>
      )}
      {requestPem !== null && (
        <Tabs.Panel value="request" pt="md" keepMounted>
          <RequestTab summary={detail.summary} pem={requestPem} />
        </Tabs.Panel>
      )}
    </Tabs>
  )
}

/** Whether the chain holds, and what it consists of. The verdict takes a moment and never keeps the chain from showing. */
function ChainTab({ detail, certificate }: { detail: IdentityDetail; certificate: CertificateView }) {
  const { data: verdict } = useAnswer('identities.verify', { identity: detail.summary.id })
  return (
    <Stack gap="md">
      {verdict !== undefined && <PathVerdictCard verdict={verdict} />}
      <ChainList chain={[certificate, ...detail.chain]} lowest="Your certificate" />
    </Stack>
  )
}

const words: Record<JourneyStep, { label: string; act: string; explanation: string }> = {
  key: { label: 'Key', act: 'Make a key', explanation: 'Your private key. It stays on this computer.' },
  requested: {
    label: 'Request',
    act: 'Send the request',
    explanation: 'What you send to the issuer (CA): your name and your public key.',
  },
  issued: {
    label: 'Issued',
    act: 'Add the certificate',
    explanation: 'The issuer signed it: this is the certificate.',
  },
  installed: {
    label: 'Installed',
    act: 'Install',
    explanation: 'Certificate and key are where your browser finds them.',
  },
  trusted: { label: 'Trusted', act: 'Trust', explanation: 'Your computer trusts it, where that is safe and needed.' },
  tested: { label: 'Tested', act: 'Test', explanation: 'A site refused without it and let you in with it.' },
}

/** Written here again: the model's own list would bring its schemas into the first screen. */
const order: JourneyStep[] = ['key', 'requested', 'issued', 'installed', 'trusted', 'tested']

/** Key → Request → Issued → Installed → Trusted → Tested. */
function Journey({ journey }: { journey: JourneyModel }) {
  const steps = order.map((step) => ({ ...words[step], state: journey[step] }))
  return <StepLine label="Progress of this certificate" steps={steps} />
}
