import { Stack, Text, Title } from '@mantine/core'
import type { AuthorityDetail } from '#shared/model/authority'
import { SaveChain } from './SaveChain'

/** What Access wants, and nothing else. */
export function ChainCard({ detail: { summary, chain, chainComplete } }: { detail: AuthorityDetail }) {
  return (
    <section className="card" aria-label="Chain for Access">
      <Stack gap="sm">
        <Title order={3}>Chain for Access</Title>
        <ol className="chain-order">
          {chain.map((one) => (
            <li key={one.sha256}>
              <Text span size="sm" className="wrap">
                {one.commonName ?? one.subject}
              </Text>
            </li>
          ))}
        </ol>
        <Text size="sm" c="dimmed">
          {chainComplete
            ? 'Upload these to Access, in this order, and nothing else: never a key, never a person’s certificate.'
            : 'The root is missing here. Access wants the whole chain: import the certificate of the issuer above as well.'}
        </Text>
        <SaveChain issuer={summary} />
      </Stack>
    </section>
  )
}
