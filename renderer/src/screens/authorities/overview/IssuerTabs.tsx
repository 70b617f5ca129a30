import { Tabs } from '@mantine/core'
import type { AuthorityDetail } from '#shared/model/authority'
import { ChainList } from '../../../components/ChainList'
import { IssuerFacts } from './IssuerFacts'

export function IssuerTabs({ detail }: { detail: AuthorityDetail }) {
  return (
    <Tabs defaultValue="details" mt="lg">
      <Tabs.List>
        <Tabs.Tab value="details">Details</Tabs.Tab>
        <Tabs.Tab value="chain">Chain</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="details" pt="md">
        <IssuerFacts detail={detail} />
      </Tabs.Panel>
      <Tabs.Panel value="chain" pt="md">
        <ChainList chain={detail.chain} lowest={detail.summary.isRoot ? 'Root' : 'Intermediate'} />
      </Tabs.Panel>
    </Tabs>
  )
}
