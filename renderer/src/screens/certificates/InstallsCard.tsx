import { Badge, Button, Code, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatDate, joinNames } from '#shared/logic/formatting'
import { isInstalled } from '#shared/logic/installed'
import { quoted } from '#shared/logic/isolate'
import { neutralise } from '#shared/logic/neutralise'
import { messages } from '#shared/messages'
import type { IdentityDetail } from '#shared/model/identity'
import type { CertificateInStore, Install, StoreState } from '#shared/model/store'
import { useAction, useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNotice } from '../../components/ErrorNotice'
import layout from '../../components/layout.module.css'
import textStyles from '../../components/text.module.css'
import { useNow } from '../../components/use-now'
import { StopAsking } from './browser-policy/StopAsking'
import { InstallButtons } from './InstallButtons'
import styles from './InstallsCard.module.css'
import { issuerBadge } from './issuer-badge'
import { mainStore, nextAction } from './next-action'
import { UninstallButtons } from './UninstallButtons'

/** Every place of this computer where certificates are kept, with what is there now. */
export function InstallsCard({ detail }: { detail: IdentityDetail }) {
  const now = useNow()
  const query = useAnswer('installs.stores', undefined)
  const stores = query.data
  const offered = nextAction(detail, now) === 'install' ? mainStore(stores)?.id : undefined
  // The stores are read whenever the card appears; what is found comes with the details, by an event.
  useAnswer('installs.refresh', { identity: detail.summary.id }, { refetchOnMount: 'always' })
  const known = new Set<string>(stores?.map(({ id }) => id))
  const orphans = detail.installs.filter(({ store }) => stores !== undefined && !known.has(store))
  return (
    <section className={layout.card} aria-label="On this computer">
      <Title order={3} mb="sm">
        On this computer
      </Title>
      <Answered
        query={query}
        keepsData
        isEmpty={({ length }) => length === 0}
        empty={<Text c="dimmed">No certificate store was found on this computer.</Text>}
      >
        {(found) =>
          found.map((store) => (
            <StoreInstall
              key={store.id}
              store={store}
              install={detail.installs.find((install) => install.store === store.id) ?? null}
              detail={detail}
              isOffered={store.id === offered}
            />
          ))
        }
      </Answered>
      <Stack gap={4}>
        {orphans.map((install) => (
          <ClearRecord key={install.id} install={install}>
            It was installed in {install.storeName}, which is not on this computer.
          </ClearRecord>
        ))}
      </Stack>
      <StopAsking detail={detail} />
    </section>
  )
}

interface PlaceProps {
  store: StoreState
  install: Install | null
  detail: IdentityDetail
  /** The card above has the button that installs it here. */
  isOffered: boolean
}

function StoreInstall({ store, install, detail, isOffered }: PlaceProps) {
  const { summary } = detail
  const isThere = install !== null && (install.present || install.keyPresent)
  const isCurrent = install !== null && isInstalled(install, summary.sha256)
  return (
    <div className={styles.store} data-store={store.id}>
      <Stack gap={6}>
        <div>
          <Text fw={600} component="h4">
            {store.name}
          </Text>
          <Text size="xs" c="dimmed">
            Read by {joinNames(store.readBy)}
          </Text>
        </div>
        {install !== null && <InstallFacts install={install} detail={detail} />}
        {store.problem !== null && <Problem problem={store.problem} />}
        {!isCurrent && store.problem === null && store.writable && (
          <InstallButtons store={store} summary={summary} isOffered={isOffered} />
        )}
        {isThere && <UninstallButtons install={install} summary={summary} />}
      </Stack>
    </div>
  )
}

const trustWords = {
  trusted: { words: 'Trusted', color: 'teal' },
  'not-needed': { words: 'No trust needed', color: 'teal' },
  withheld: { words: 'Trust not set', color: 'gray' },
  'not-set': { words: 'Not trusted yet', color: 'orange' },
} as const

/** Only what was read back. */
function InstallFacts({ install, detail }: { install: Install; detail: IdentityDetail }) {
  const { summary } = detail
  const { certificates, present, keyPresent } = install
  if (!present && keyPresent) return <Text size="sm">The private key is still there, without its certificate.</Text>
  if (!present) return <ClearRecord install={install}>It was installed here and has been removed since.</ClearRecord>
  const trust = trustWords[install.trust.state]
  const issuer = issuerBadge(install, detail)
  const isCurrent = install.sha256 === summary.sha256
  const others = certificates.filter(({ sha256 }) => sha256 !== install.sha256)
  return (
    <>
      <Group gap={6}>
        {isCurrent ? <Badge color="teal">Installed</Badge> : <Badge color="orange">Earlier certificate</Badge>}
        {keyPresent ? <Badge color="teal">Key present</Badge> : <Badge color="red">Key is missing</Badge>}
        <Badge color={trust.color}>{trust.words}</Badge>
        {issuer !== null && <Badge color={issuer.color}>{issuer.words}</Badge>}
      </Group>
      {!isCurrent && keyPresent && (
        <Text size="sm">
          The browser offers an earlier certificate of this key{until(certificates[0])}. It stays until you remove it.
        </Text>
      )}
      {isCurrent && others.length > 0 && (
        <Text size="xs" c="dimmed">
          Also there, of the same key: {joinNames(others.map((one) => `${quoted(neutralise(one.name))}${until(one)}`))}
        </Text>
      )}
      {install.trust.reason !== null && (
        <Text size="xs" c="dimmed">
          {install.trust.reason}
        </Text>
      )}
    </>
  )
}

const until = (certificate: CertificateInStore | undefined) =>
  certificate === undefined || certificate.notAfter === null ? '' : `, valid until ${formatDate(certificate.notAfter)}`

function Problem({ problem }: { problem: NonNullable<StoreState['problem']> }) {
  const isCommand = problem.code === 'store-tool-missing'
  return (
    <Stack gap={4}>
      <Text size="sm">{messages[problem.code].title}</Text>
      {isCommand ? (
        <Group gap={4} wrap="nowrap">
          <Code className={textStyles.wrap}>{problem.remedy}</Code>
          <CopyButton iconOnly label="Copy the command" text={problem.remedy} />
        </Group>
      ) : (
        <Text size="sm" fw={600}>
          {problem.remedy}
        </Text>
      )}
    </Stack>
  )
}

/** For an install of which nothing is left, or nothing can be reached: only Latchkey's own record of it goes. */
function ClearRecord({ install, children }: { install: Install; children: ReactNode }) {
  const remove = useAction('installs.remove')
  return (
    <>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {children}
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          loading={remove.isPending}
          aria-label={`Clear the record of ${install.storeName}`}
          onClick={() => remove.mutate({ install: install.id })}
        >
          Clear record
        </Button>
      </Group>
      {remove.error !== null && <ErrorNotice error={remove.error} />}
    </>
  )
}
