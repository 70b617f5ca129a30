import { Alert, Radio, Stack, Text } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { messages } from '#shared/messages'
import type { LastCrlAnswer } from '#shared/model/authority'
import { failureFrom } from '../../../components/ErrorNotice'

interface QuestionProps {
  /** The error that asks it. */
  question: Error
  answer: LastCrlAnswer | null
  onAnswer(answer: LastCrlAnswer): void
}

/** What only a person knows: whether a list that is dated in the future has left this computer. */
export function LastCrlQuestion({ question, answer, onAnswer }: QuestionProps) {
  const { title, explanation } = messages['crl-dated-ahead']
  return (
    <Alert role="alert" color="orange" icon={<IconClockExclamation aria-hidden />} title={title}>
      <Stack gap="sm">
        <Text size="sm" className="wrap">
          {failureFrom(question).detail} {explanation}
        </Text>
        <Radio.Group
          label="If the clock is right: was a list with a date in the future published?"
          value={answer}
          onChange={(value) => {
            const chosen = answers.find((each) => each.value === value)
            if (chosen !== undefined) onAnswer(chosen.value)
          }}
        >
          <Stack gap="xs" mt="xs">
            {answers.map(({ value, label, description }) => (
              <Radio key={value} value={value} label={label} description={description} />
            ))}
          </Stack>
        </Radio.Group>
      </Stack>
    </Alert>
  )
}

const answers: { value: LastCrlAnswer; label: string; description: string }[] = [
  {
    value: 'published',
    label: 'Yes, somebody may have it',
    description:
      'The new list is dated one second after it, so verifiers with a right clock accept it only from then on. Create a successor of this issuer as well.',
  },
  {
    value: 'unpublished',
    label: 'No, it never left this computer',
    description: 'It does not count: the new list is dated now.',
  },
]
