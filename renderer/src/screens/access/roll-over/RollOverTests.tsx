import { Button, List, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react'
import { countOf } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { AccessRollOver, RollOverTest } from '#shared/model/access-roll-over'
import { call } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { useNow } from '../../../components/use-now'
import { momentWords } from '../read-words'

const icons: Record<RollOverTest['outcome'], typeof IconCircleCheck> = {
  'let-in': IconCircleCheck,
  'not-let-in': IconCircleX,
  'not-tested': IconHelpCircle,
}

/** Tests of every hostname with a certificate of each CA, and what they showed last. */
export function RollOverTests({ tested }: Pick<AccessRollOver, 'tested'>) {
  const { job, error, run } = useJob()
  if (job !== null) return <JobProgress job={job} phase="Testing" />
  return (
    <Stack gap="xs">
      <Button
        size="xs"
        variant="default"
        w="fit-content"
        onClick={() => void run((own) => call('cloudflare.testRollOver', { job: own }))}
      >
        {tested === null ? 'Test both now' : 'Test again'}
      </Button>
      {error !== null && <ErrorNotice error={error} />}
      {tested !== null && <Results {...tested} />}
    </Stack>
  )
}

function Results({ tests, testedAt }: NonNullable<AccessRollOver['tested']>) {
  const now = useNow()
  const letIn = tests.filter(({ outcome }) => outcome === 'let-in').length
  const result = `${letIn} of ${countOf(tests.length, 'test')} let in, tested ${momentWords(testedAt, now)}.`
  return (
    <>
      <Text size="sm" role="status">
        {tests.length === 0 ? 'Nothing could be tested from here.' : result}
      </Text>
      <List size="sm" spacing={4}>
        {tests.map(({ hostname, side, outcome, words }) => {
          const Icon = icons[outcome]
          return (
            <List.Item key={`${hostname} ${side}`} icon={<Icon size={16} aria-hidden />}>
              {withIsolatedNames(words)}
            </List.Item>
          )
        })}
      </List>
    </>
  )
}
