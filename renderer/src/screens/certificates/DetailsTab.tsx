import { Accordion, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { formatDateTime, formatFingerprint, formatSerial } from '#shared/logic/formatting'
import { isolated } from '#shared/logic/isolate'
import { keyUsageWords } from '#shared/logic/key-usage'
import { certificateName, issuerName } from '#shared/logic/naming'
import type { CertificateView } from '#shared/model/certificate'
import type { IdentityDetail } from '#shared/model/identity'
import { roleOf } from '../../components/ChainList'
import { CheckList } from '../../components/CheckList'
import { type Fact, Facts, Mono } from '../../components/Facts'
import { GlossaryTerm } from '../../components/GlossaryTerm'
import { AllFieldsButton, PemDetails } from '../../components/object-details/PemDetails'
import textStyles from '../../components/text.module.css'

export function DetailsTab({ detail }: { detail: IdentityDetail }) {
  const { summary, certificate, subject, alternativeNames, checks, requestPem } = detail
  const pem = certificate?.pem ?? requestPem
  const facts: Fact[] = [
    [<GlossaryTerm key="t" term="Common Name" />, certificate?.commonName ?? summary.name],
    ['Subject', certificate?.subject ?? subject],
    ['Key', `${summary.algorithm}, ${summary.keyInVault ? 'sealed in Latchkey' : 'not in Latchkey'}`],
    [<GlossaryTerm key="t" term="Key code" />, <Mono key="v" text={summary.keyCode} />],
    ['Other names', (certificate?.alternativeNames ?? alternativeNames).join(', ')],
    ['Created', formatDateTime(summary.createdAt)],
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
      {pem !== null && <AllFieldsButton pem={pem} what={certificate === null ? 'request' : 'certificate'} />}
      <ChainFields chain={detail.chain} />
    </Stack>
  )
}

function certificateFacts(certificate: NonNullable<IdentityDetail['certificate']>): Fact[] {
  const uses = [...certificate.keyUsage.map(keyUsageWords), ...certificate.extendedKeyUsage]
  return [
    ['Issued by', certificate.issuer],
    ['Valid', `${formatDateTime(certificate.notBefore)} to ${formatDateTime(certificate.notAfter)}`],
    [<GlossaryTerm key="t" term="Allowed uses" />, uses.length === 0 ? 'any (not restricted)' : uses.join(', ')],
    [<GlossaryTerm key="t" term="Signature" />, certificate.signatureAlgorithm],
    [<GlossaryTerm key="t" term="Serial number" />, <Mono key="v" text={formatSerial(certificate.serial)} />],
    [<GlossaryTerm key="t" term="SHA-256" />, <Mono key="v" text={formatFingerprint(certificate.sha256)} />],
    [<GlossaryTerm key="t" term="SHA-1" />, <Mono key="v" text={formatFingerprint(certificate.sha1)} />],
  ]
}

/** Every field of the certificates above one's own, from its issuer up to the root; read when somebody opens it. */
function ChainFields({ chain }: { chain: CertificateView[] }) {
  const [opened, setOpened] = useState<string[]>([])
  if (chain.length === 0) return null
  return (
    <section aria-label="Certificates of its issuers">
      <Title order={3} mb="sm">
        Certificates of its issuers
      </Title>
      <Accordion variant="separated" multiple value={opened} onChange={setOpened}>
        {chain.map((certificate) => (
          <Accordion.Item key={certificate.sha256} value={certificate.sha256}>
            <Accordion.Control>
              <Text fw={600} className={textStyles.wrap}>
                {certificateName(certificate)}
              </Text>
              <Text size="sm" c="dimmed" className={textStyles.wrap}>
                {whoIs(certificate)}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              {opened.includes(certificate.sha256) && <PemDetails pem={certificate.pem} />}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  )
}

function whoIs(certificate: CertificateView): string {
  return `${roleOf(certificate)}, ${certificate.selfSigned ? 'self-signed' : `issued by ${isolated(issuerName(certificate))}`}`
}
