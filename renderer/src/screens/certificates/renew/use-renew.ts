import type { RenewalKey } from '#shared/model/renewal'
import { useAction } from '../../../api'
import { useNavigation } from '../../../navigation'
import { newJob } from '../../../progress'

/** Makes the request, and goes to it. */
export function useRenew(identity: string, onRequested?: () => void) {
  const { go } = useNavigation()
  const renew = useAction('identities.renew')
  const run = (key: RenewalKey) =>
    renew.mutate(
      { identity, key, job: newJob() },
      {
        onSuccess(requested) {
          onRequested?.()
          go({ screen: 'certificates', identity: requested.id })
        },
      },
    )
  return { run, isPending: renew.isPending, error: renew.error }
}
