import { Button, Group } from '@mantine/core'
import { isUrgent } from '#shared/logic/expiring/stages'
import { endTitle } from '#shared/logic/expiring/words'
import { expirySentence } from '#shared/logic/expiry'
import { formatDate, joinNames } from '#shared/logic/formatting'
import { isInstalled } from '#shared/logic/installed'
import type { IdentityDetail } from '#shared/model/identity'
import { useAction, useAnswer } from '../../api'
import { AddToCalendarButton } from '../../components/AddToCalendar'
import { ErrorNotice } from '../../components/ErrorNotice'
import { NextCard } from '../../components/NextCard'
import { useNavigation } from '../../navigation'
import { mainStore, nextAction } from './next-action'
import { FinishRenewal } from './renew/FinishRenewal'
import { ReplacedBy, ReplacementRequested } from './renew/ReplacementCards'
import { useRenew } from './renew/use-renew'
import { SendRequest } from './SendRequest'

/** One card that says what to do now. */
export function NextStep({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { summary, tests, renewal } = detail
  const { replacement, replaces } = summary
  switch (nextAction(detail, now)) {
    case 'await-replacement':
      return replacement && <ReplacementRequested detail={detail} replacement={replacement} now={now} />
    case 'follow-replacement':
      return replacement && <ReplacedBy replacement={replacement} />
    case 'finish-renewal':
      return replaces && renewal && <FinishRenewal detail={detail} old={replaces} progress={renewal} />
    case 'send-request':
      return <SendRequest detail={detail} />
    case 'install':
      return <NextInstall detail={detail} mode="install" />
    case 'trust':
      return <NextInstall detail={detail} mode="trust" />
    case 'test':
      return (
        <NextCard title="See whether it lets you in" action={<TestButton detail={detail} />}>
          Latchkey asks the site twice, without and with your certificate, and tells you what happened.
        </NextCard>
      )
    case 'look-at-test':
      return (
        <NextCard title={tests[0]?.sentence ?? 'The last test failed.'} action={<TestButton detail={detail} />}>
          The test says what is wrong and who can fix it.
        </NextCard>
      )
    case 'wait':
      return (
        <NextCard title={`Not valid before ${formatDate(summary.notBefore ?? '')}`}>
          Check this computer’s clock, or wait until then. You can install it already.
        </NextCard>
      )
    case 'renew':
      return (
        <NextCard
          title={expirySentence(summary.notBefore ?? '', summary.notAfter ?? '', now)}
          tone="red"
          action={<RenewButton detail={detail} />}
        >
          Renew it to be let in again. The old one stays until the new one works.
        </NextCard>
      )
    case 'renew-soon':
      return <RenewSoon detail={detail} now={now} />
    case 'ask-again':
      return (
        <NextCard title="Latchkey does not have its private key" action={<RequestAgain detail={detail} />}>
          Without it this cannot be installed. If you have the key in a file, drop it anywhere. Otherwise make a new
          request.
        </NextCard>
      )
    case 'ask-for-other-use':
      return (
        <NextCard title="This certificate is not for signing in" action={<RequestAgain detail={detail} />}>
          Its issuer allows only: {detail.certificate?.extendedKeyUsage.join(', ')}. Ask for one that allows client
          authentication.
        </NextCard>
      )
    case 'nothing':
      return null
  }
}

/** Before it expires. */
function RenewSoon({ detail, now }: { detail: IdentityDetail; now: Date }) {
  const { notAfter, journey } = detail.summary
  const ends = notAfter ?? ''
  return (
    <NextCard
      title={endTitle(ends, now)}
      tone={isUrgent(ends, now) ? 'red' : 'orange'}
      action={
        <Group gap="xs">
          <RenewButton detail={detail} />
          <AddToCalendarButton about={{ identity: detail.summary.id }} />
        </Group>
      }
    >
      {journey.tested === 'done'
        ? 'Renew now. This one keeps working until the new one is tested.'
        : 'Renew now. This one stays until the new one works.'}
    </NextCard>
  )
}

/** What it does is on the card below. The other choices are behind “Renew…” in the menu. */
function RenewButton({ detail }: { detail: IdentityDetail }) {
  const renew = useRenew(detail.summary.id)
  return (
    <>
      <Button loading={renew.isPending} onClick={() => renew.run('new')}>
        Renew
      </Button>
      {renew.error !== null && <ErrorNotice error={renew.error} />}
    </>
  )
}

/** Where this one cannot be renewed as it is. Its sites are tested as soon as the next one has been issued. */
function RequestAgain({ detail: { summary, tests } }: { detail: IdentityDetail }) {
  const { open } = useNavigation()
  const sites = summary.practice ? [] : tests.map(({ host }) => host)
  return <Button onClick={() => open('new', summary.name, sites)}>Make a new request</Button>
}

function TestButton({ detail }: { detail: IdentityDetail }) {
  const { go } = useNavigation()
  const host = detail.tests[0]?.host
  return (
    <Button
      onClick={() =>
        go({
          screen: 'connections',
          testWith: detail.summary.id,
          report: null,
          ...(host === undefined ? {} : { host }),
        })
      }
    >
      Test connection
    </Button>
  )
}

/** The main place of this computer, one click. Others are on the card below. */
function NextInstall({ detail, mode }: { detail: IdentityDetail; mode: 'install' | 'trust' }) {
  const { data: stores } = useAnswer('installs.stores', undefined)
  const install = useAction('installs.install')
  const identity = detail.summary.id
  const installedIn = detail.installs.find((one) => isInstalled(one, detail.summary.sha256))?.store
  const hasEarlier = detail.installs.some((one) => one.present && one.keyPresent)
  const store = mode === 'trust' ? stores?.find(({ id }) => id === installedIn) : mainStore(stores)
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
          ? 'No certificate store on this computer can take it now. The reason is shown below.'
          : mode === 'install'
            ? `Certificate and key go into ${store.name}, read by ${joinNames(store.readBy)}.${hasEarlier ? ' The earlier certificate stays beside it.' : ''}`
            : 'Only this certificate is trusted, not its issuer.'}
      </NextCard>
      {install.error !== null && <ErrorNotice error={install.error} />}
    </>
  )
}
