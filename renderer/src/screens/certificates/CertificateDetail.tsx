import { Stack, Tabs } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CertificateView } from '#shared/model/certificate'
import type { IdentityDetail } from '#shared/model/identity'
import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { ChainList } from '../../components/ChainList'
import { IssuerDoubt } from '../../components/IssuerDoubt'
import layout from '../../components/layout.module.css'
import { PathVerdictCard } from '../../components/PathVerdictCard'
import { StepLine } from '../../components/StepLine'
import { useNow } from '../../components/use-now'
import { refresh } from '../../query-client'
import { DetailHead } from './DetailHead'
import { DetailsTab } from './DetailsTab'
import { InstallsCard } from './InstallsCard'
import { journeySteps } from './journey-steps'
import { NextStep } from './NextStep'
import { nextAction } from './next-action'
import { RequestTab } from './RequestTab'
import { WhatRenewDoes } from './renew/WhatRenewDoes'
import { TestsCard } from './TestsCard'

export function CertificateDetail({ id }: { id: string }) {
  const query = useAnswer('identities.detail', { identity: id })
  const now = useNow()
  useFirstDay(query.data, now)
  return (
    <Answered query={query} onRetry={query.refetch} loader={{}}>
      {(detail) => (
        <>
          <DetailHead detail={detail} now={now} />
          <Journey detail={detail} now={now} />
          <IssuerDoubt checks={detail.checks} />
          <NextStep detail={detail} now={now} />
          {detail.certificate !== null && (
            <div className={layout.cards}>
              {isRenewOffered(detail, now) && <WhatRenewDoes detail={detail} />}
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

const isRenewOffered = (detail: IdentityDetail, now: Date) => ['renew', 'renew-soon'].includes(nextAction(detail, now))

function DetailTabs({ detail }: { detail: IdentityDetail }) {
  const { certificate, requestPem } = detail
  return (
    // The chain is judged when somebody looks at it, not with every certificate that is opened.
    // Mounted again when the certificate comes, so that its details are shown instead of the request.
    <Tabs
      key={certificate === null ? 'waiting' : 'issued'}
      defaultValue={certificate === null ? 'request' : 'details'}
      mt="lg"
      keepMounted={false}
    >
      <Tabs.List aria-label="More about this certificate">
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

function Journey({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { data: app } = useAnswer('app.info', undefined)
  return <StepLine label="Progress of this certificate" steps={journeySteps(detail, app?.platform, now)} />
}

/** No event reports that the certificate has become valid, so it is read again then. */
function useFirstDay(detail: IdentityDetail | undefined, now: Date): void {
  const client = useQueryClient()
  const { status, notBefore } = detail?.summary ?? { status: null, notBefore: null }
  const hasCome = status === 'not-yet-valid' && notBefore !== null && Date.parse(notBefore) <= now.getTime()
  useEffect(() => {
    if (hasCome) refresh(client, ['identities'])
  }, [hasCome, client])
}
