import { Text } from '@mantine/core'
import { type Algorithm, algorithmName } from '../../../components/algorithms'
import { JobProgress } from '../../../components/JobProgress'

export function MakingKey({ job, algorithm }: { job: string; algorithm: Algorithm }) {
  return (
    <JobProgress job={job} phase="Making your key" about={algorithmName(algorithm)}>
      <Text size="sm" c="dimmed">
        A large key can take some seconds, because a prime is found when it is found.
      </Text>
    </JobProgress>
  )
}
