import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconFolderExclamation, IconKey, IconKeyOff, IconProgressAlert } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf, joinNames } from '#shared/logic/formatting'
import { homeWarning } from '#shared/logic/home-words'
import { interruptedCount } from '#shared/logic/interrupted-words'
import { messages } from '#shared/messages'
import type { UnrecordedKeys as Unrecorded } from '#shared/model/vault'
import { useAction, useAnswer } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'
import { useNavigation } from '../navigation'
import { Banner } from './BannerStack'

/** Shown on every screen until it is dealt with in Settings. */
export function KeyLostBanner() {
  const { data: vault } = useAnswer('vault.state', undefined)
  const { screen, go } = useNavigation()
  if (vault?.state !== 'key-lost' || screen === 'settings') return null
  const { title, why } = messages['vault-key-lost']
  return (
    <Banner icon={<IconKeyOff aria-hidden />} title={title} role="alert">
      <Text size="sm">
        {why}{' '}
        <Anchor component="button" type="button" onClick={() => go({ screen: 'settings' })}>
          See what can be done
        </Anchor>
      </Text>
    </Banner>
  )
}

/** The list of certificates is gone, the keys are not: said on every screen, because an empty list looks like a new start. */
export function UnrecordedKeysBanner() {
  const { data: found } = useAnswer('vault.unrecorded', undefined)
  const { open } = useNavigation()
  if (found === undefined) return null
  const { certificateKeys, issuers } = found
  const total = certificateKeys + issuers.length
  if (total === 0) return null
  const canRebuild = issuers.some(({ name }) => name !== null)
  const title = total === 1 ? 'There is a key without a record.' : `There are ${total} keys without records.`
  return (
    <Banner icon={<IconKey aria-hidden />} title={title}>
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
    </Banner>
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

/** Other accounts can get at Latchkey's own folder. What nobody can repair from here is said once for each start. */
export function HomeBanner() {
  const { data: home } = useAnswer('home.state', undefined)
  const repair = useAction('home.repair')
  const [isRead, setRead] = useState(false)
  const warning = home === undefined ? null : homeWarning(home)
  if (warning === null || isRead) return null
  return (
    <Banner
      icon={<IconFolderExclamation aria-hidden />}
      title={warning.title}
      onClose={warning.canRepair ? undefined : () => setRead(true)}
    >
      <Group justify="space-between" align="flex-end" gap="sm">
        <Text size="sm" flex="1 1 20rem">
          {warning.explanation}
        </Text>
        {warning.canRepair && (
          <Button size="xs" variant="default" loading={repair.isPending} onClick={() => repair.mutate(undefined)}>
            Repair
          </Button>
        )}
      </Group>
      {repair.error !== null && <ErrorNotice error={repair.error} />}
    </Banner>
  )
}

/** On every screen until they are dealt with, since something may be left in a certificate store. */
export function InterruptedBanner() {
  const { data: found } = useAnswer('interrupted.list', undefined)
  const { screen, go } = useNavigation()
  if (found === undefined || screen === 'settings') return null
  const { notRun, waiting } = found
  if (notRun + waiting === 0) return null
  return (
    <Banner icon={<IconProgressAlert aria-hidden />} title={interruptedCount(notRun, waiting)}>
      <Text size="sm">
        {notRun > 0
          ? 'Latchkey finishes only changes that it can prove to be its own.'
          : 'Latchkey does this itself as soon as it can.'}{' '}
        <Anchor component="button" type="button" onClick={() => go({ screen: 'settings' })}>
          Show details
        </Anchor>
      </Text>
    </Banner>
  )
}
