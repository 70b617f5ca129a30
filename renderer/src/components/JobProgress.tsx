import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { call } from '../api'
import { useProgress } from '../progress'

interface JobProgressProps {
  job: string
  /** Said until the first word of the work arrives. */
  phase: string
  /** Said behind the phase, for example the kind of key. */
  about?: string | null
  children?: ReactNode
}

/** Long work: how far it is, and a way out of it. */
export function JobProgress({ job, phase, about = null, children }: JobProgressProps) {
  const progress = useProgress(job)
  const said = progress?.phase ?? phase
  const fraction = progress?.fraction ?? null
  return (
    <Stack>
      <Text role="status">
        {said}
        {about === null ? '' : ` (${about})`}…
      </Text>
      <Progress value={fraction === null ? 100 : fraction * 100} animated={fraction === null} aria-label={said} />
      {children}
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={() => void call('jobs.cancel', { job })}>
          Cancel
        </Button>
      </Group>
    </Stack>
  )
}
