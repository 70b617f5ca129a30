import { Text } from '@mantine/core'
import { useState } from 'react'
import { isPracticeAccount } from '#shared/model/access-account'
import type { AccessOverview } from '#shared/model/access-screen'
import { call } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { OpenModal } from '../../../components/OpenModal'
import { WriteTokenField } from '../plan/WriteTokenField'

interface TestAlertProps {
  account: AccessOverview['account']
  alert: { id: string; name: string; words: string }
  onClose(): void
}

/** Has Cloudflare send a test, and says what was seen of it. */
export function TestAlert({ account, alert, onClose }: TestAlertProps) {
  const [token, setToken] = useState('')
  const [sentence, setSentence] = useState<string | null>(null)
  const { job, error, run } = useJob()
  const isPractice = isPracticeAccount(account)

  async function send() {
    setSentence(null)
    const given = isPractice ? null : token.trim()
    const sent = await run((own) => call('cloudflare.testAlert', { alert: alert.id, token: given, job: own }))
    setToken('')
    if (sent !== null) setSentence(sent.sentence)
  }

  return (
    <OpenModal onClose={onClose} title="Send a test" size="lg" closeOnClickOutside={false}>
      {job !== null ? (
        <JobProgress job={job} phase="Asking Cloudflare to send a test" />
      ) : (
        <AskForm
          action="Send a test"
          isReady={isPractice || token.trim() !== ''}
          onSubmit={() => void send()}
          onCancel={onClose}
        >
          <Text size="sm">
            Of {alert.name}, {alert.words}.
          </Text>
          {!isPractice && <WriteTokenField value={token} use="test" onChange={setToken} />}
          {error !== null && <ErrorNotice error={error} />}
          {sentence !== null && (
            <Text size="sm" role="status">
              {sentence}
            </Text>
          )}
        </AskForm>
      )}
    </OpenModal>
  )
}
