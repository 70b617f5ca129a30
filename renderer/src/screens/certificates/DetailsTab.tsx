import { Stack, Title } from '@mantine/core'
import { formatDateTime, formatFingerprint, formatSerial } from '#shared/logic/formatting'
import type { IdentityDetail } from '#shared/model/identity'
import { CheckList } from '../../components/CheckList'
import { Explained } from '../../components/Explained'
import { type Fact, Facts } from '../../components/Facts'
import { Everything } from '../../components/object-details/Everything'
import { ChainFields } from './ChainFields'

export function DetailsTab({ detail }: { detail: IdentityDetail }) {
  const { summary, certificate, subject, alternativeNames, checks, requestPem } = detail
  const pem = certificate?.pem ?? requestPem
  const facts: Fact[] = [
    [<Explained key="t" term="Common Name" />, certificate?.commonName ?? summary.name],
    ['Full name', certificate?.subject ?? subject],
    ['Key', `${summary.algorithm}, ${summary.keyInVault ? 'sealed in Latchkey' : 'not in Latchkey'}`],
    [<Explained key="t" term="Key code" />, <Mono key="v" text={summary.keyCode} />],
    ['Other names', (certificate?.alternativeNames ?? alternativeNames).join(', ')],
    ['Made', formatDateTime(summary.createdAt)],
    ...(certificate === null ? [] : certificateFacts(certificate)),
  ]
  return (
    <Stack gap="lg">
      <Facts facts={facts} />
      {checks.length > 0 && (
        <section aria-label="What was checked">
          <Title order={3} mb="sm">
            What was checked
          </Title>
          <CheckList checks={checks} />
        </section>
      )}
      {pem !== null && <Everything pem={pem} what={certificate === null ? 'request' : 'certificate'} />}
      <ChainFields chain={detail.chain} />
    </Stack>
  )
}

function certificateFacts(certificate: NonNullable<IdentityDetail['certificate']>): Fact[] {
  const uses = [...certificate.keyUsage, ...certificate.extendedKeyUsage]
  return [
    ['Issued by', certificate.issuer],
    ['Valid', `${formatDateTime(certificate.notBefore)} to ${formatDateTime(certificate.notAfter)}`],
    [<Explained key="t" term="Allowed uses" />, uses.length === 0 ? 'any (no limit is named)' : uses.join(', ')],
    [<Explained key="t" term="Signature" />, certificate.signatureAlgorithm],
    [<Explained key="t" term="Serial" />, <Mono key="v" text={formatSerial(certificate.serial)} />],
    [<Explained key="t" term="SHA-256" />, <Mono key="v" text={formatFingerprint(certificate.sha256)} />],
    [<Explained key="t" term="SHA-1" />, <Mono key="v" text={formatFingerprint(certificate.sha1)} />],
  ]
}

const Mono = ({ text }: { text: string }) => <span className="mono">{text}</span>
