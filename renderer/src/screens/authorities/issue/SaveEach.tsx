import { Button, Group, Text } from '@mantine/core'
import { IconFolderDown } from '@tabler/icons-react'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { IssuedCertificate } from '#shared/model/authority'
import { call } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { JobProgress, useJob } from '../../../components/JobProgress'

/** Saves each certificate in a file of its own, so that a batch does not have to be split by hand. */
export function SaveEach({ certificates }: { certificates: IssuedCertificate['sha256'][] }) {
  const { job, error, run } = useJob()
  const [saved, setSaved] = useState<{ folder: string; count: number } | null>(null)
  async function save() {
    setSaved(null)
    const done = await run((id) => call('authorities.saveIssuedEach', { certificates, job: id }))
    if (done !== null && done.folder !== null) setSaved({ folder: done.folder, count: done.names.length })
  }
  if (job !== null) return <JobProgress job={job} phase="Saving" total={certificates.length} />
  return (
    <>
      <Group>
        <Button leftSection={<IconFolderDown size={16} aria-hidden />} onClick={() => void save()}>
          Save one file per person…
        </Button>
      </Group>
      {saved !== null && (
        <Text size="sm" role="status">
          {countOf(saved.count, 'file')} saved in {quoted(saved.folder)}.
        </Text>
      )}
      {error !== null && <ErrorNotice error={error} />}
    </>
  )
}
