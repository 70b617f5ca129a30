import { Loader } from '@mantine/core'
import { useAnswer } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { ObjectDetails } from '../../../components/object-details/ObjectDetails'

/** Everything that the certificate says. */
export function IssuedDetails({ sha256 }: { sha256: string }) {
  const { data: details, error } = useAnswer('authorities.issuedDetails', { certificate: sha256 })
  if (error !== null) return <ErrorNotice error={error} />
  if (details === undefined) return <Loader size="sm" aria-label="Loading" />
  return <ObjectDetails details={details} />
}
