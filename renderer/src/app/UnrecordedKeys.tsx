import { Alert, Button, Group, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { countOf, joinNames } from '#shared/logic/formatting'
import type { UnrecordedKeys as Unrecorded } from '#shared/model/vault'
import { useAnswer } from '../api'
import { useNavigation } from '../navigation'

/** The list of certificates is gone, the keys are not: said on every screen, because an empty list looks like a new start. */
export function UnrecordedKeys() {
  const { data: found } = useAnswer('vault.unrecorded', undefined)
  const { open } = useNavigation()
  if (found === undefined) return null
  const { certificateKeys, issuers } = found
  const total = certificateKeys + issuers.length
  if (total === 0) return null
  const canRebuild = issuers.some(({ name }) => name !== null)
  const title = total === 1 ? 'There is a key without a record.' : `There are ${total} keys without records.`
  return (
    <Alert color="orange" radius={0} icon={<IconKey aria-hidden />} title={title} role="status">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Text size="sm" flex="1 1 20rem">
          The list of certificates (latchkey.db) was removed or replaced, or a change was interrupted. The sealed keys
          are still here, and nothing is deleted: {whose(found)}. If the list is gone, quit Latchkey and put latchkey.db
          back from a backup.
          {canRebuild && ' Without a backup, issuers can be rebuilt from their keys.'}
        </Text>
        {canRebuild && (
          <Button size="xs" variant="default" onClick={() => open('rebuild-issuer')}>
            Rebuild an issuer…
          </Button>
        )}
      </Group>
    </Alert>
  )
}

/** "2 keys of certificates and 1 key of an issuer (Acme Root)". */
function whose({ certificateKeys, issuers }: Unrecorded): string {
  const names = issuers.flatMap(({ name }) => (name === null ? [] : [name]))
  const named = names.length === 0 ? '' : ` (${joinNames(names)})`
  return joinNames([
    ...(certificateKeys === 0 ? [] : [countOf(certificateKeys, 'certificate key')]),
    ...(issuers.length === 0 ? [] : [`${countOf(issuers.length, 'issuer key')}${named}`]),
  ])
}
