import { Text } from '@mantine/core'
import { useState } from 'react'
import { quoted } from '#shared/logic/isolate'
import type { AccessOverview } from '#shared/model/access-screen'
import { call } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { OpenModal } from '../../../components/OpenModal'
import { WriteTokenField } from '../plan/WriteTokenField'
import { useWriteToken } from '../plan/write-token'

interface TestAlertProps {
  account: AccessOverview['account']
  alert: { id: string; name: string; words: string }
  onClose(): void
}

/** Has Cloudflare send a test, and says what was seen of it. */
export function TestAlert({ account, alert, onClose }: TestAlertProps) {
  const writeToken = useWriteToken(account)
  const [sentence, setSentence] = useState<string | null>(null)
  const { job, error, run } = useJob()

  async function send() {
    setSentence(null)
    const sent = await run((own) => call('cloudflare.testAlert', { alert: alert.id, ...writeToken.given, job: own }))
    writeToken.clear()
    if (sent !== null) setSentence(sent.sentence)
  }

  return (
    <OpenModal onClose={onClose} title="Send a test" size="lg" closeOnClickOutside={false}>
      {job !== null ? (
        <JobProgress job={job} phase="Asking Cloudflare to send a test" />
      ) : (
        <AskForm action="Send a test" isReady={writeToken.isReady} onSubmit={() => void send()} onCancel={onClose}>
          <Text size="sm">
            A test of {quoted(alert.name)}, {alert.words}.
          </Text>
          <WriteTokenField writeToken={writeToken} use="test" />
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
