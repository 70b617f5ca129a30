import { Accordion, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { CertificateView } from '#shared/model/certificate'
import { roleOf } from '../../components/ChainList'
import { AllOfIt } from '../../components/object-details/AllOfIt'

/** Every field of the certificates above one's own, from its issuer up to the root; read when somebody opens it. */
export function ChainFields({ chain }: { chain: CertificateView[] }) {
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
              <Text fw={600} className="wrap">
                {certificate.commonName ?? certificate.subject}
              </Text>
              <Text size="sm" c="dimmed" className="wrap">
                {whoIs(certificate)}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              {opened.includes(certificate.sha256) && <AllOfIt pem={certificate.pem} />}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  )
}

function whoIs(certificate: CertificateView): string {
  const { issuer, issuerCommonName, selfSigned } = certificate
  return `${roleOf(certificate)}, ${selfSigned ? 'signed by itself' : `issued by ${issuerCommonName ?? issuer}`}`
}
