import { Button, Group, List, Text } from '@mantine/core'
import { useState } from 'react'
import { joinNames } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { isWorse, renewalStage } from '#shared/logic/renewal'
import { renewalProgressWords, renewalTitle } from '#shared/logic/renewal-words'
import type { IdentityDetail } from '#shared/model/identity'
import type { RenewalProgress, Replaced } from '#shared/model/renewal'
import { useAction } from '../../../api'
import { ConfirmModal } from '../../../components/ConfirmModal'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { useNoticedAction } from '../../../components/failure-notice'
import { NextCard } from '../../../components/NextCard'
import { useNavigation } from '../../../navigation'
import { continueRenewal, useRenewalRun } from './renewal-run'

interface FinishProps {
  detail: IdentityDetail
  old: Replaced
  progress: RenewalProgress
}

/** On the page of the new certificate: where the renewal stands, and the one button that takes it further. */
export function FinishRenewal({ detail, old, progress }: FinishProps) {
  const { running, failed } = useRenewalRun()
  const identity = detail.summary.id
  const stage = renewalStage(progress)
  const worse = progress.sites.filter(isWorse)
  return (
    <>
      <NextCard
        title={renewalTitle(progress, old.name)}
        action={
          stage === 'works' ? (
            <RemoveOld detail={detail} old={old} progress={progress} />
          ) : (
            <Group gap="xs">
              <Button loading={running === identity} onClick={() => void continueRenewal(identity)}>
                {stage === 'install' ? 'Install and test' : stage === 'refused' ? 'Test again' : 'Test'}
              </Button>
              {stage === 'refused' && <OpenSite host={worse[0]?.host} />}
            </Group>
          )
        }
      >
        {renewalProgressWords(progress)}
        {stage === 'works' ? ' The old one can go now.' : ' The old one stays until this one works.'}
        {stage === 'refused' && ` Not let in: ${joinNames(worse.map(({ address }) => address))}.`}
      </NextCard>
      {failed?.identity === identity && <ErrorNotice error={failed.error} />}
    </>
  )
}

function OpenSite({ host }: { host: string | undefined }) {
  const { go } = useNavigation()
  if (host === undefined) return null
  return (
    <Button variant="default" onClick={() => go({ screen: 'connections', host, report: null })}>
      See why
    </Button>
  )
}

/** Everywhere at once, or not at all. */
function RemoveOld({ detail, old, progress: { places } }: FinishProps) {
  const [isAsking, setAsking] = useState(false)
  const remove = useAction('identities.removeReplaced')
  const keep = useNoticedAction('identities.keepReplaced', 'It was not noted that the old one is kept.')
  const identity = detail.summary.id
  const isSameKey = old.identity === identity
  return (
    <>
      <Group gap="xs">
        <Button onClick={() => setAsking(true)}>Remove the old one…</Button>
        <Button variant="default" loading={keep.isPending} onClick={() => keep.mutate({ identity })}>
          Keep it
        </Button>
      </Group>
      <ConfirmModal
        title={`Remove the old ${quoted(old.name)} everywhere?`}
        action="Remove"
        opened={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutateAsync({ identity })}
        {...(isSameKey ? {} : { understood: 'I understand that its private key cannot be recovered.' })}
      >
        <Text>This will be gone for good:</Text>
        <List>
          {places.length > 0 && (
            <List.Item>
              {isSameKey ? 'the old certificate' : 'the old certificate and its key'} in{' '}
              {joinNames(places.map(({ name }) => name))}
            </List.Item>
          )}
          {!isSameKey && <List.Item>the old certificate in Latchkey, with its private key</List.Item>}
        </List>
      </ConfirmModal>
    </>
  )
}
