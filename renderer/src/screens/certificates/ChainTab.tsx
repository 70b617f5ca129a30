import { Badge, Group, Stack, Text } from '@mantine/core'
import { formatDate, formatFingerprint } from '#shared/logic/formatting'
import type { CertificateView } from '#shared/model/certificate'
import { CopyButton } from '../../components/CopyButton'
import { Facts } from '../../components/Facts'

interface ChainProps {
  certificate: CertificateView
  chain: CertificateView[]
}

/** From your certificate up to the root, as far as it is known. */
export function ChainTab({ certificate, chain }: ChainProps) {
  const all = [certificate, ...chain]
  const isComplete = all.at(-1)?.selfSigned === true
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {isComplete
            ? 'Complete, up to the root.'
            : 'The root is not known here. That is often fine: Access has its own copy.'}
        </Text>
        <CopyButton label="Copy the chain (PEM)" text={all.map(({ pem }) => pem).join('')} />
      </Group>
      {all.map((one, index) => (
        <section key={one.sha256} className="card" aria-label={one.commonName ?? one.subject}>
          <Group gap="xs" mb="xs">
            <Text fw={600} className="wrap">
              {one.commonName ?? one.subject}
            </Text>
            <Badge color="gray">{roleOf(one, index)}</Badge>
            <CopyButton iconOnly label="Copy this certificate (PEM)" text={one.pem} />
          </Group>
          <Facts
            facts={[
              ['Issued by', one.issuer],
              ['Valid until', formatDate(one.notAfter)],
              ['Key', one.publicKey],
              ['Signature', one.signatureAlgorithm],
              [
                'SHA-256',
                <span key="v" className="mono">
                  {formatFingerprint(one.sha256)}
                </span>,
              ],
            ]}
          />
        </section>
      ))}
    </Stack>
  )
}

function roleOf(certificate: CertificateView, index: number): string {
  if (index === 0) return 'Your certificate'
  return certificate.selfSigned ? 'Root' : 'Intermediate'
}
