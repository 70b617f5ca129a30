import { Button } from '@mantine/core'
import { joinNames } from '#shared/logic/formatting'
import { isInstalled } from '#shared/logic/installed'
import type { IdentityDetail } from '#shared/model/identity'
import { useAction, useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { NextCard } from '../../components/NextCard'

/** The main place of this computer, one click. Others are on the card below. */
export function NextInstall({ detail, mode }: { detail: IdentityDetail; mode: 'install' | 'trust' }) {
  const { data: stores } = useAnswer('installs.stores', undefined)
  const install = useAction('installs.install')
  const identity = detail.summary.id
  const installedIn = detail.installs.find((one) => isInstalled(one, detail.summary.sha256))?.store
  const hasEarlier = detail.installs.some((one) => one.present && one.keyPresent)
  const store =
    mode === 'trust'
      ? stores?.find(({ id }) => id === installedIn)
      : stores?.find(({ writable, problem }) => writable && problem === null)
  const words = {
    install: { title: 'Put it where your browser finds it', action: 'Install on this computer' },
    trust: { title: 'Let your computer trust it', action: 'Trust this certificate' },
  }[mode]

  return (
    <>
      <NextCard
        title={words.title}
        action={
          store !== undefined && (
            <Button
              loading={install.isPending}
              onClick={() => install.mutate({ identity, store: store.id, trust: 'certificate' })}
            >
              {words.action}
            </Button>
          )
        }
      >
        {store === undefined
          ? 'At the moment nothing on this computer can take it; the reason is shown below.'
          : mode === 'install'
            ? `Certificate and key go into ${store.name}, read by ${joinNames(store.readBy)}.${hasEarlier ? ' The earlier certificate stays beside it.' : ''}`
            : 'Only this certificate is trusted, not its issuer.'}
      </NextCard>
      {install.error !== null && <ErrorNotice error={install.error} />}
    </>
  )
}
