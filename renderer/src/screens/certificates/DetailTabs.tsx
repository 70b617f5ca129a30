import { Tabs } from '@mantine/core'
import type { IdentityDetail } from '#shared/model/identity'
import { ChainTab } from './ChainTab'
import { DetailsTab } from './DetailsTab'
import { RequestTab } from './RequestTab'

export function DetailTabs({ detail }: { detail: IdentityDetail }) {
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
