import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { call } from '../../../api'
import { useProgress } from '../../../progress'
import { type Algorithm, algorithms } from './draft'

export function MakingKey({ job, algorithm }: { job: string; algorithm: Algorithm }) {
  const progress = useProgress(job)
  const label = algorithms.find(({ value }) => value === algorithm)?.label.replace(/ \(.*$/u, '') ?? algorithm
  const phase = progress?.phase ?? 'Making your key'
  return (
    <Stack>
      <Text role="status">
        {phase} ({label})…
      </Text>
      <Progress
        value={progress?.fraction == null ? 100 : progress.fraction * 100}
        animated={progress?.fraction == null}
        aria-label={phase}
      />
      <Text size="sm" c="dimmed">
        A large key can take some seconds, because a prime is found when it is found.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={() => void call('jobs.cancel', { job })}>
          Cancel
        </Button>
      </Group>
    </Stack>
  )
}
