import { Badge, Code, Group, Stack, Text } from '@mantine/core'
import { joinNames } from '#shared/logic/formatting'
import { messages } from '#shared/messages'
import type { IdentitySummary } from '#shared/model/identity'
import type { Install, StoreState } from '#shared/model/store'
import { CopyButton } from '../../components/CopyButton'
import { InstallButtons } from './InstallButtons'
import { InstalledButtons } from './InstalledButtons'

interface PlaceProps {
  store: StoreState
  install: Install | null
  summary: IdentitySummary
}

export function InstallPlace({ store, install, summary }: PlaceProps) {
  const isThere = install?.present === true
  return (
    <div className="place" data-store={store.id}>
      <Stack gap={6}>
        <div>
          <Text fw={600}>{store.name}</Text>
          <Text size="xs" c="dimmed">
            Read by {joinNames(store.readBy)}
          </Text>
        </div>
        {install !== null && <InstallFacts install={install} practice={summary.practice} />}
        {store.problem !== null && <Problem problem={store.problem} />}
        {isThere && <InstalledButtons install={install} summary={summary} />}
        {!isThere && store.problem === null && store.writable && <InstallButtons store={store} summary={summary} />}
      </Stack>
    </div>
  )
}

const trustWords = {
  trusted: { words: 'Trusted', color: 'teal' },
  'not-needed': { words: 'No trust needed', color: 'teal' },
  withheld: { words: 'Trust left out', color: 'gray' },
  'not-set': { words: 'Not trusted yet', color: 'orange' },
} as const

/** Only what was read back. */
function InstallFacts({ install, practice }: { install: Install; practice: boolean }) {
  if (!install.present) {
    return <Text size="sm">It was installed here, but somebody has removed it since.</Text>
  }
  const trust = trustWords[install.trust.state]
  return (
    <>
      <Group gap={6}>
        <Badge color="teal">Installed</Badge>
        {install.keyPresent ? <Badge color="teal">Key present</Badge> : <Badge color="red">Key is missing</Badge>}
        <Badge color={trust.color}>{trust.words}</Badge>
        {!install.chainPresent && !practice && <Badge color="orange">Issuer is missing</Badge>}
      </Group>
      {install.trust.reason !== null && (
        <Text size="xs" c="dimmed">
          {install.trust.reason}
        </Text>
      )}
    </>
  )
}

function Problem({ problem }: { problem: NonNullable<StoreState['problem']> }) {
  const isCommand = problem.code === 'store-tool-missing'
  return (
    <Stack gap={4}>
      <Text size="sm">{messages[problem.code].title}</Text>
      {isCommand ? (
        <Group gap={4} wrap="nowrap">
          <Code className="wrap">{problem.remedy}</Code>
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
