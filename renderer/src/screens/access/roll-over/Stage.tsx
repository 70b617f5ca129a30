import { Badge, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { withIsolatedNames } from '#shared/logic/isolate'
import planStyles from '../plan/plan.module.css'
import type { StageState } from './stages'

interface StageProps {
  number: number
  title: string
  state: StageState
  /** What was seen of it. */
  evidence: string
  children: ReactNode
}

const labels: Record<StageState, string> = { done: 'Done', now: 'Next', later: 'Later', over: 'Over' }
const colors: Record<StageState, string> = { done: 'teal', now: 'indigo', later: 'gray', over: 'gray' }

export function Stage({ number, title, state, evidence, children }: StageProps) {
  return (
    <li className={planStyles.step} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={planStyles.number} aria-hidden>
        {number}
      </span>
      <Stack gap={6}>
        <Title order={2} size="h4">
          {withIsolatedNames(title)}
        </Title>
        <Text size="sm" c="dimmed">
          {withIsolatedNames(evidence)}
        </Text>
        <Group gap="xs">{children}</Group>
      </Stack>
      <Badge color={colors[state]} variant="light">
        {labels[state]}
      </Badge>
    </li>
  )
}
