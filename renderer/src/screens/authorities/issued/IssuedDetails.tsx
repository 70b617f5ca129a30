import { Loader, Title } from '@mantine/core'
import { formatFingerprint } from '#shared/logic/formatting'
import type { DetailField } from '#shared/model/details'
import { useAnswer } from '../../../api'
import { CopyButton } from '../../../components/CopyButton'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { type Fact, Facts } from '../../../components/Facts'

/** Everything that the certificate says. */
export function IssuedDetails({ sha256 }: { sha256: string }) {
  const { data: details, error } = useAnswer('authorities.issuedDetails', { certificate: sha256 })
  if (error !== null) return <ErrorNotice error={error} />
  if (details === undefined) return <Loader size="sm" aria-label="Loading" />
  return (
    <>
      {details.groups.map(({ title, fields }) => (
        <section key={title} aria-label={title}>
          <Title order={3} mb="xs">
            {title}
          </Title>
          <Facts facts={fields.map(factOf)} />
        </section>
      ))}
      <Facts
        facts={[
          [
            'SHA-256',
            <span key="v" className="mono">
              {formatFingerprint(details.fingerprints.sha256)}
            </span>,
          ],
        ]}
      />
      {details.pem !== null && (
        <div>
          <CopyButton label="Copy the certificate (PEM)" text={details.pem} />
        </div>
      )}
    </>
  )
}

/** Several lines stay several lines. */
const factOf = ({ id, label, value, critical }: DetailField): Fact => [
  critical === true ? `${label} (critical)` : label,
  <span key={id} className="lines">
    {value}
  </span>,
]
