import { hasCode } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'

/** Everything but a wrong passphrase, which its own field tells. */
export function SigningError({ error }: { error: unknown }) {
  return error === null || hasCode(error, 'passphrase-wrong') ? null : <ErrorNotice error={error} />
}
