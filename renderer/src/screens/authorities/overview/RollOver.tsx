import { List, Text } from '@mantine/core'
import { useState } from 'react'
import { formatDate } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import { call, useAnswer } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { OpenModal } from '../../../components/OpenModal'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { isChosen, NewPassphrase, nothingTyped } from '../../../vault/NewPassphrase'
import { DaysField } from '../fields/DaysField'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'
import { daysWithin, defaultDays, isLifetime } from '../fields/lifetime'

/** Same name, new key, new lifetime; the old one goes on beside it until its certificates are gone. */
export function RollOver({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const { go } = useNavigation()
  const now = useNow()
  const { data: all } = useAnswer('authorities.list', undefined)
  const parent = all?.find(({ id }) => id === issuer.parent) ?? null
  const isLost = !issuer.isRoot && (parent === null || !parent.hasKey)
  const [days, setDays] = useState(issuer.isRoot ? defaultDays.root : defaultDays.intermediate)
  const [typed, setTyped] = useState(nothingTyped)
  const [signing, setSigning] = useState('')
  const { job, error, run } = useJob()
  const lasting = daysWithin(days, parent?.notAfter ?? null, now)
  const isReady = isChosen(typed) && isLifetime(days) && !isLost && (parent === null || signing !== '')

  async function replace() {
    const by = parent === null ? null : { authority: parent.id, passphrase: signing }
    const made = await run((id) =>
      call('authorities.rollOver', {
        authority: issuer.id,
        days: lasting,
        passphrase: typed.first,
        issuer: by,
        job: id,
      }),
    )
    if (made === null) return
    onClose()
    go({ screen: 'authorities', issuer: made.id, issuerView: 'overview' })
  }

  return (
    <OpenModal onClose={onClose} title={`A successor for ${quoted(issuer.name)}`} size="lg" closeOnClickOutside={false}>
      {job !== null && <JobProgress job={job} phase="Making the key" about={issuer.algorithm} />}
      {job === null && (
        <AskForm action="Create the successor" isReady={isReady} onSubmit={() => void replace()} onCancel={onClose}>
          <Text size="sm">It has the same name, a new key and a new lifetime. Nobody is locked out if you:</Text>
          <List type="ordered" size="sm">
            <List.Item>create it here;</List.Item>
            <List.Item>upload its chain to Access as well, and leave the old one there;</List.Item>
            <List.Item>issue from the successor from now on;</List.Item>
            <List.Item>
              remove the old one from Access once its last certificate has expired or been replaced, at the latest on{' '}
              {formatDate(issuer.notAfter)}.
            </List.Item>
          </List>
          {isLost && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              The key of the issuer above it is not here, so a successor cannot be signed here. Import that issuer with
              its key first.
            </Text>
          )}
          <DaysField days={lasting} onChange={setDays} issuerEnds={parent?.notAfter ?? null} />
          <NewPassphrase label="Passphrase for the new key" typed={typed} onChange={setTyped} />
          {parent !== null && (
            <IssuerPassphrase issuer={parent.name} value={signing} onChange={setSigning} error={error} />
          )}
          <SigningError error={error} />
        </AskForm>
      )}
    </OpenModal>
  )
}
