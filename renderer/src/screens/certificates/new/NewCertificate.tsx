import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, useAnswer } from '../../../api'
import { type Algorithm, algorithmName } from '../../../components/algorithms'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { OpenModal } from '../../../components/OpenModal'
import { useNavigation } from '../../../navigation'
import { refresh } from '../../../query-client'
import { RequestForm } from './RequestForm'
import { draftFrom, formFrom, type NewCertificateForm, setupNote } from './request-draft'
import { SetupNotice } from './SetupNotice'

/** Key and request in one go. Cancelling returns at once and throws the result away. */
export function NewCertificate() {
  const { go, close, suggestedName, awaitedBy, setup } = useNavigation()
  const client = useQueryClient()
  const { data: info } = useAnswer('app.info', undefined)
  const [form, setForm] = useState<NewCertificateForm | null>(null)
  const { job, error, run } = useJob()

  async function make(values: NewCertificateForm) {
    setForm(values)
    const made = await run(async (id) => {
      const requested = await call('identities.request', {
        draft: draftFrom(values),
        namedIssuers: setup?.issuers ?? [],
        job: id,
      })
      for (const host of awaitedBy) await call('hosts.awaitReplacement', { host, identity: requested.id })
      if (setup !== null)
        await call('identities.label', {
          identity: requested.id,
          name: requested.name,
          tags: [],
          note: setupNote(setup),
        })
      return requested
    })
    if (made === null) return
    refresh(client, ['identities'])
    go({ screen: 'certificates', identity: made.id })
  }

  const initial = form ?? formFrom(setup, suggestedName, info?.fullName ?? '')
  return (
    <OpenModal
      about={job === null ? 'form' : 'working'}
      onClose={() => close('new')}
      title="New certificate"
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={job === null}
      withCloseButton={job === null}
    >
      {job !== null && <KeyProgress job={job} algorithm={initial.algorithm} />}
      {job === null && info !== undefined && (
        <RequestForm initial={initial} onCancel={() => close('new')} onReady={(values) => void make(values)}>
          {setup !== null && <SetupNotice setup={setup} />}
          {error !== null && <ErrorNotice error={error} />}
        </RequestForm>
      )}
    </OpenModal>
  )
}

function KeyProgress({ job, algorithm }: { job: string; algorithm: Algorithm }) {
  return (
    <JobProgress job={job} phase="Making your key" about={algorithmName(algorithm)}>
      <Text size="sm" c="dimmed">
        Generating a key of this size can take a few seconds.
      </Text>
    </JobProgress>
  )
}
