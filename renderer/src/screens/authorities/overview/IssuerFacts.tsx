import { formatDateTime, formatFingerprint, formatSerial } from '#shared/logic/formatting'
import type { AuthorityDetail, AuthoritySummary } from '#shared/model/authority'
import { Explained } from '../../../components/Explained'
import { Facts } from '../../../components/Facts'
import { Everything } from '../../../components/object-details/Everything'

const Mono = ({ text }: { text: string }) => <span className="mono">{text}</span>

/** What the issuer's own certificate says. */
export function IssuerFacts({ detail: { summary, certificate } }: { detail: AuthorityDetail }) {
  return (
    <>
      <Facts
        facts={[
          ['Full name', certificate.subject],
          ['Issued by', certificate.selfSigned ? 'itself' : certificate.issuer],
          ['Valid', `${formatDateTime(certificate.notBefore)} to ${formatDateTime(certificate.notAfter)}`],
          ['Key', `${summary.algorithm}, ${whereKeyIs(summary)}`],
          [<Explained key="t" term="Key code" />, <Mono key="v" text={summary.keyCode} />],
          [<Explained key="t" term="Allowed uses" />, certificate.keyUsage.join(', ')],
          [<Explained key="t" term="Signature" />, certificate.signatureAlgorithm],
          [<Explained key="t" term="Serial" />, <Mono key="v" text={formatSerial(certificate.serial)} />],
          [<Explained key="t" term="SHA-256" />, <Mono key="v" text={formatFingerprint(certificate.sha256)} />],
          [<Explained key="t" term="SHA-1" />, <Mono key="v" text={formatFingerprint(certificate.sha1)} />],
        ]}
      />
      <div className="below-facts">
        <Everything pem={certificate.pem} what="certificate" />
      </div>
    </>
  )
}

function whereKeyIs({ hasKey, signer }: AuthoritySummary): string {
  if (hasKey) return 'sealed in Latchkey'
  return signer === null ? 'not in Latchkey' : `at the signer ${signer.address}, profile “${signer.profile}”`
}
