import { Badge, Group, Stack, Text } from '@mantine/core'
import { formatDate, formatFingerprint } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { certificateName } from '#shared/logic/naming'
import type { CertificateView } from '#shared/model/certificate'
import { CopyButton } from './CopyButton'
import { Facts, Mono } from './Facts'
import layout from './layout.module.css'
import textStyles from './text.module.css'

interface ChainProps {
  /** Upwards, the root last. */
  chain: CertificateView[]
  /** What the lowest one is called: "Your certificate". */
  lowest: string
}

/** Up to the root, as far as it is known. */
export function ChainList({ chain, lowest }: ChainProps) {
  const isComplete = chain.at(-1)?.selfSigned === true
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {isComplete
            ? 'Complete, up to the root.'
            : 'The root is not known here. That is often fine: Access has its own copy.'}
        </Text>
        <CopyButton label="Copy the chain (PEM)" text={chain.map(({ pem }) => pem).join('')} />
      </Group>
      {chain.map((one, index) => (
        <section key={one.sha256} className={layout.card} aria-label={certificateName(one)}>
          <Group gap="xs" mb="xs">
            <Text fw={600} className={textStyles.wrap}>
              {certificateName(one)}
            </Text>
            <Badge color="gray">{index === 0 ? lowest : roleOf(one)}</Badge>
            <CopyButton iconOnly label={`Copy ${quoted(certificateName(one))} (PEM)`} text={one.pem} />
          </Group>
          <Facts
            facts={[
              ['Issued by', one.issuer],
              ['Valid until', formatDate(one.notAfter)],
              ['Key', one.publicKey],
              ['Signature', one.signatureAlgorithm],
              ['SHA-256', <Mono key="v" text={formatFingerprint(one.sha256)} />],
            ]}
          />
        </section>
      ))}
    </Stack>
  )
}

/** What a certificate above the lowest one is. */
export const roleOf = ({ selfSigned }: CertificateView): string => (selfSigned ? 'Root' : 'Intermediate')
