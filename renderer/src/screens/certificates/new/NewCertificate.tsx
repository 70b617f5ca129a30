import { Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call, hasCode, useAnswer } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { useNavigation } from '../../../navigation'
import { forgetProgress, newJob } from '../../../progress'
import { refresh } from '../../../query-client'
import { draftFrom, emptyForm, type NewCertificateForm } from './draft'
import { MakingKey } from './MakingKey'
import { RequestForm } from './RequestForm'

/** Key and request in one go. Cancelling returns at once and throws the result away. */
export function NewCertificate() {
  const { go, close, suggestedName } = useNavigation()
  const client = useQueryClient()
  const { data: info } = useAnswer('app.info', undefined)
  const [form, setForm] = useState<NewCertificateForm | null>(null)
  const [job, setJob] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  useCancelWhenLeft(job)

  async function make(values: NewCertificateForm) {
    const id = newJob()
    setForm(values)
    setJob(id)
    setError(null)
    try {
      const made = await call('identities.request', { draft: draftFrom(values), job: id })
      refresh(client, ['identities'])
      go({ screen: 'certificates', identity: made.id })
    } catch (problem) {
      if (!hasCode(problem, 'cancelled')) setError(problem)
    } finally {
      setJob(null)
      forgetProgress(id)
    }
  }

  const initial = form ?? { ...emptyForm, commonName: (suggestedName ?? info?.fullName ?? '').slice(0, 64) }
  return (
    <Modal
      opened
      onClose={() => close('new')}
      title="New certificate"
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={job === null}
      withCloseButton={job === null}
    >
      {job !== null && <MakingKey job={job} algorithm={initial.algorithm} />}
      {job === null && info !== undefined && (
        <RequestForm initial={initial} onCancel={() => close('new')} onReady={(values) => void make(values)}>
          {error !== null && <ErrorNotice error={error} />}
        </RequestForm>
      )}
    </Modal>
  )
}

/** A window that is closed on the way does not leave a key being made behind it. */
function useCancelWhenLeft(job: string | null) {
  useEffect(() => {
    if (job === null) return
    return () => void call('jobs.cancel', { job }).catch(() => undefined)
  }, [job])
}
