import { Checkbox } from '@mantine/core'
import { useAction, useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'

/** Off unless somebody wants it: whoever makes a key for another has had it. */
export function KeysForOthers() {
  const { data, error } = useAnswer('authorities.keysForOthers', undefined)
  const change = useAction('authorities.allowKeysForOthers')
  const failure = error ?? change.error
  return (
    <>
      <Checkbox
        label="Make keys for other people"
        description="An issuer can then make a key and a .p12 file for someone who cannot make a request. Whoever made a key could have kept it, so such certificates are marked."
        checked={data?.allowed === true}
        disabled={data === undefined || change.isPending}
        onChange={(event) => change.mutate({ allowed: event.currentTarget.checked })}
      />
      {failure !== null && <ErrorNotice error={failure} />}
    </>
  )
}
