import { useAnswer } from '../../../api'
import { Answered } from '../../../components/Answered'
import { ObjectDetails } from '../../../components/object-details/ObjectDetails'

/** Everything that the certificate says. */
export function IssuedDetails({ sha256 }: { sha256: string }) {
  const query = useAnswer('authorities.issuedDetails', { certificate: sha256 })
  return <Answered query={query}>{(details) => <ObjectDetails details={details} />}</Answered>
}
