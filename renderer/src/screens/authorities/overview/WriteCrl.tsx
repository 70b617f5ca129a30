import { Alert, Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconClockExclamation } from '@tabler/icons-react'
import { useState } from 'react'
import { aheadNote } from '#shared/logic/crl-dates'
import { countOf } from '#shared/logic/formatting'
import { explanationOf, messages } from '#shared/messages'
import type { AuthoritySummary, LastCrlAnswer } from '#shared/model/authority'
import { failureFrom, hasCode, useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { OpenModal } from '../../../components/OpenModal'
import textStyles from '../../../components/text.module.css'
import { DaysField } from '../fields/DaysField'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'
import { defaultDays, isLifetime } from '../fields/lifetime'

/** Signs what is revoked now; the old list is replaced wherever it was published. */
export function WriteCrl({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const [days, setDays] = useState(defaultDays.crl)
  const [passphrase, setPassphrase] = useState('')
  const [lastCrl, setLastCrl] = useState<LastCrlAnswer | null>(null)
  const [question, setQuestion] = useState<Error | null>(null)
  const write = useAction('authorities.crl')
  const isReady = passphrase !== '' && isLifetime(days) && (question === null || lastCrl !== null)

  const submit = () =>
    write.mutate(
      { authority: issuer.id, days, lastCrl, passphrase },
      {
        onError: (error) => {
          if (hasCode(error, 'crl-dated-ahead')) setQuestion(error)
        },
        onSuccess: ({ crl }) => {
          onClose()
          const title = crl?.number == null ? 'The list is written.' : `List number ${crl.number} is written.`
          const message = 'Save it and publish it where your servers look for it.'
          const note = crl === null ? null : aheadNote(crl.thisUpdate, new Date())
          if (note === null) notifications.show({ color: 'teal', title, message })
          else notifications.show({ color: 'orange', title, message: `${message} ${note}`, autoClose: false })
        },
      },
    )

  return (
    <OpenModal onClose={onClose} title="Write a new revocation list (CRL)">
      <AskForm action="Sign the list" isReady={isReady} isBusy={write.isPending} onSubmit={submit} onCancel={onClose}>
        <Text size="sm">
          {issuer.revocations === 0
            ? 'Nothing is revoked, so the list will be empty.'
            : `${countOf(issuer.revocations, 'certificate')} revoked so far. Each stays on the list until one list has shown it after it expired.`}{' '}
          Access does not check it, but a Worker or a server of your own can.
        </Text>
        {question !== null && <LastCrlQuestion question={question} answer={lastCrl} onAnswer={setLastCrl} />}
        <DaysField label="Next list within days" days={days} onChange={setDays} issuerEnds={issuer.notAfter} />
        <IssuerPassphrase
          issuer={issuer.name}
          value={passphrase}
          onChange={setPassphrase}
          error={write.error}
          autoFocus
        />
        {!hasCode(write.error, 'crl-dated-ahead') && <SigningError error={write.error} />}
      </AskForm>
    </OpenModal>
  )
}

interface QuestionProps {
  /** The error that asks it. */
  question: Error
  answer: LastCrlAnswer | null
  onAnswer(answer: LastCrlAnswer): void
}

/** What only a person knows: whether a list that is dated in the future has left this computer. */
function LastCrlQuestion({ question, answer, onAnswer }: QuestionProps) {
  const failure = failureFrom(question)
  const { title } = messages['crl-dated-ahead']
  return (
    <Alert role="alert" color="orange" icon={<IconClockExclamation aria-hidden />} title={title}>
      <Stack gap="sm">
        <Text size="sm" className={textStyles.wrap}>
          {failure.detail} {explanationOf(failure)}
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
      'The new list is dated one second after it, so verifiers with a correct clock accept it only from then on. Create a successor of this issuer as well.',
  },
  {
    value: 'unpublished',
    label: 'No, it never left this computer',
    description: 'It does not count: the new list is dated now.',
  },
]
