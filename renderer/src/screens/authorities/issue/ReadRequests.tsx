import { Button, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AuthoritySummary, ListEncoding } from '#shared/model/authority'
import { call } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress } from '../../../components/JobProgress'
import type { Source } from '../../../import/file-sources'
import { useFileTaker } from '../../../import/file-taker'
import { keepRequests } from '../../../import/requests'
import { useNavigation } from '../../../navigation'
import { newJob } from '../../../progress'
import type { Template } from '../templates/TemplateChoice'
import type { IssueResult } from './IssueResultCard'
import { RequestReview } from './RequestReview'
import type { Decisions } from './request-review'

interface ReadProps {
  issuer: AuthoritySummary
  /** The number of these files. */
  requests: number
  sources: Source[]
  onIssued(signed: IssueResult): void
}

/** Reads the files again whenever some are added; decisions about the others stay. */
export function ReadRequests({ issuer, requests, sources, onIssued }: ReadProps) {
  const { go } = useNavigation()
  const [decisions, setDecisions] = useState<Decisions>(new Map())
  const [template, setTemplate] = useState<Template | null>(null)
  const [encoding, setEncoding] = useState<ListEncoding | null>(null)
  const [job] = useState(newJob)
  const batch = useQuery({
    queryKey: ['requests', issuer.id, requests, encoding],
    queryFn: () => call('authorities.readRequests', { authority: issuer.id, sources, encoding, job }),
    gcTime: 0,
    retry: false,
  })
  useFileTaker((more) => go({ screen: 'authorities', requests: keepRequests([...sources, ...more]) }))

  if (batch.error !== null) {
    return (
      <Stack p="lg" maw={640}>
        <ErrorNotice error={batch.error} />
        <Group>
          <Button variant="default" onClick={() => go({ screen: 'authorities', requests: null })}>
            Choose other files
          </Button>
        </Group>
      </Stack>
    )
  }
  if (batch.data === undefined) {
    return (
      <Stack p="lg" maw={640}>
        <JobProgress job={job} phase="Reading the requests" />
      </Stack>
    )
  }
  return (
    <RequestReview
      key={batch.data.batch}
      issuer={issuer}
      batch={batch.data}
      decisions={decisions}
      onDecide={setDecisions}
      template={template}
      onTemplate={setTemplate}
      onEncoding={setEncoding}
      onIssued={onIssued}
    />
  )
}
