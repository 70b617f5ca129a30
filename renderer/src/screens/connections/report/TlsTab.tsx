import { Stack, Text, Title } from '@mantine/core'
import { formatDate, formatFingerprint } from '#shared/logic/formatting'
import { unusedProxyWords } from '#shared/logic/report/describe'
import { rootWords } from '#shared/logic/root-words'
import type { Attempt, ServerCertificate, TlsView } from '#shared/model/attempt'
import type { ProbeReport } from '#shared/model/probe'
import { Facts, Mono } from '../../../components/Facts'
import { CompareTable } from './CompareTable'
import type { ComparisonRow } from './compare-headers'

/** What the handshakes showed: who asked for a certificate, from which issuers, and who the server says it is. */
export function TlsTab({ report }: { report: ProbeReport }) {
  const seen = report.with?.tls ?? report.without.tls
  if (seen === null) return <Text c="dimmed">The connection did not get as far as TLS.</Text>
  return (
    <Stack gap="lg">
      <CompareTable term="Handshake" rows={rowsOf(report.without, report.with)} />
      <section>
        <Title order={3} mb={6}>
          The server’s own certificate
        </Title>
        <Stack gap="md">
          {seen.chain.map((certificate) => (
            <ServerFacts key={certificate.sha256} certificate={certificate} />
          ))}
        </Stack>
        <Text size="sm" c="dimmed" mt="sm">
          Checked against {report.rootsFrom}.
        </Text>
        {report.unusedProxy !== null && (
          <Text size="sm" c="dimmed">
            {unusedProxyWords(report.unusedProxy)}
          </Text>
        )}
      </section>
    </Stack>
  )
}

export function ServerFacts({ certificate }: { certificate: ServerCertificate }) {
  const { subject, issuer, notBefore, notAfter, sha256 } = certificate
  return (
    <Facts
      facts={[
        ['Name', subject],
        ['Issued by', issuer],
        ['Valid', `${formatDate(notBefore)} to ${formatDate(notAfter)}`],
        ['SHA-256', <Mono key="sha256" text={formatFingerprint(sha256)} />],
      ]}
    />
  )
}

const trusts: Record<TlsView['trust'], string> = {
  trusted: 'Trusted',
  pinned: 'You accepted its key',
  untrusted: 'Not trusted',
  'name-mismatch': 'Made for another name',
  unknown: 'Not known',
}
const answers = { yes: 'Yes', no: 'No', unknown: 'Cannot be seen' } as const

const facts: [string, (attempt: Attempt, tls: TlsView) => string | null][] = [
  ['Asked for a certificate', (_, { asked }) => answers[asked]],
  ['Certificate sent', (_, { sent }) => answers[sent]],
  ['Alert', (_, { alert }) => alert?.replaceAll('_', ' ') ?? null],
  [
    'Signatures it takes',
    (_, { signatureSchemes }) => (signatureSchemes.length === 0 ? null : signatureSchemes.join(', ')),
  ],
  ['MTLS Status', ({ access }) => access.mtlsStatus],
  [
    'Server’s identity',
    (_, { trust, trustProblem }) => [trusts[trust], trustProblem].filter((part) => part !== null).join(': '),
  ],
  ['Trusted by', (_, { rootOrigin }) => (rootOrigin === null ? null : rootWords[rootOrigin])],
  ['Version', (_, { version }) => version?.replace('TLSv', 'TLS ') ?? null],
  ['Cipher', (_, { cipher }) => cipher],
  ['Protocol (ALPN)', (_, { alpn }) => alpn],
  ['HTTP version', ({ outcome, askedForHttp1 }) => httpVersion(outcome, askedForHttp1)],
  ['Proxy', ({ proxy }) => proxy?.address ?? null],
  ['Address', (_, { remoteAddress }) => remoteAddress],
  ['Application (audience)', ({ access }) => access.audience],
  ['Team', ({ access }) => access.teamDomain],
  ['Ray', ({ access }) => access.rayId],
]

function httpVersion(outcome: Attempt['outcome'], askedForHttp1: boolean): string | null {
  if (outcome.kind === 'failed' || outcome.httpVersion === null) return null
  return askedForHttp1 ? `${outcome.httpVersion}, which the server asked for after HTTP/2` : outcome.httpVersion
}

function rowsOf(without: Attempt, presented: Attempt | null): ComparisonRow[] {
  const value = (attempt: Attempt | null, read: (attempt: Attempt, tls: TlsView) => string | null) =>
    attempt === null || attempt.tls === null ? null : read(attempt, attempt.tls)
  return facts
    .map(([name, read]) => ({ name, without: value(without, read), with: value(presented, read) }))
    .filter((row) => row.without !== null || row.with !== null)
    .map((row) => ({ ...row, differs: presented !== null && row.without !== row.with }))
}
