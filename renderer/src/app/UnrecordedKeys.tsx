import { Alert, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { countOf, joinNames } from '#shared/logic/formatting'
import { useAnswer } from '../api'

/** The list of certificates is gone, the keys are not: said on every screen, because an empty list looks like a new start. */
export function UnrecordedKeys() {
  const { data: found } = useAnswer('vault.unrecorded', undefined)
  if (found === undefined) return null
  const { certificateKeys, issuers } = found
  const total = certificateKeys + issuers.length
  if (total === 0) return null
  const names = issuers.flatMap((name) => (name === null ? [] : [name]))
  const title = total === 1 ? 'There is a key without a record.' : `There are ${total} keys without records.`
  return (
    <Alert color="orange" radius={0} icon={<IconKey aria-hidden />} title={title} role="status">
      <Text size="sm">
        The list of certificates (latchkey.db) was removed or replaced; the sealed keys are still here and nothing is
        deleted: {countOf(certificateKeys, 'key')} of certificates, {countOf(issuers.length, 'key')} of issuers
        {names.length > 0 && ` (${joinNames(names)})`}. Quit Latchkey and put latchkey.db back from a backup.
      </Text>
    </Alert>
  )
}
