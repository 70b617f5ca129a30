import { Button, List, Text } from '@mantine/core'
import { useState } from 'react'
import { countOf } from '#shared/logic/formatting'
import type { IssuedCertificate, RenewOutcome } from '#shared/model/authority'
import { call, useAction, useAnswer } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { DialogButtons } from '../../../components/DialogButtons'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { OpenModal } from '../../../components/OpenModal'
import { SaveResult } from '../../../components/SaveResult'
import textStyles from '../../../components/text.module.css'
import { useNow } from '../../../components/use-now'
import { DaysField } from '../fields/DaysField'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'
import { daysWithin, defaultDays, isLifetime } from '../fields/lifetime'
import { SaveEach } from '../issue/SaveEach'
import { NameList } from './NameList'
import { signerOf } from './Renew'
import type { SeveralProps } from './RevokeSeveral'

/** All with one signature; then they are saved to be sent. */
export function RenewSeveral({ rows, issuer, onClose, onDone }: SeveralProps) {
  const now = useNow()
  const { data: all } = useAnswer('authorities.list', undefined)
  const signer = signerOf(issuer, all ?? [])
  const [days, setDays] = useState(() => daysWithin(defaultDays.client, signer.notAfter, now))
  const [passphrase, setPassphrase] = useState('')
  const [outcome, setOutcome] = useState<RenewOutcome | null>(null)
  const { job, error, run } = useJob()
  const live = rows.filter(({ status }) => status !== 'revoked')

  async function renew() {
    const certificates = live.map(({ sha256 }) => sha256)
    const made = await run((id) => call('authorities.renewSeveral', { certificates, days, passphrase, job: id }))
    if (made !== null) setOutcome(made)
  }

  if (outcome !== null)
    return (
      <OpenModal onClose={onDone} title={`${countOf(outcome.renewed.length, 'certificate')} renewed`} about="renewed">
        <Renewed outcome={outcome} onDone={onDone} />
      </OpenModal>
    )
  return (
    <OpenModal onClose={onClose} title={`Renew ${countOf(live.length, 'certificate')}`} closeOnClickOutside={false}>
      {job !== null && <JobProgress job={job} phase="Signing" total={live.length} />}
      {job === null && (
        <AskForm
          action="Sign the new ones"
          isReady={passphrase !== '' && isLifetime(days)}
          onSubmit={() => void renew()}
          onCancel={onClose}
        >
          <Text size="sm">
            The same names and keys, with new serial numbers and new dates. The old ones stay valid until they expire.
          </Text>
          <NameList rows={live} />
          {signer.id !== issuer.id && (
            <Text size="sm">The successor has taken over and signs them. Enter the successor’s passphrase.</Text>
          )}
          <DaysField days={days} onChange={setDays} issuerEnds={signer.notAfter} />
          <IssuerPassphrase issuer={signer.name} value={passphrase} onChange={setPassphrase} error={error} autoFocus />
          <SigningError error={error} />
        </AskForm>
      )}
    </OpenModal>
  )
}

function Renewed({ outcome: { renewed, refused }, onDone }: { outcome: RenewOutcome; onDone(): void }) {
  const save = useAction('authorities.saveIssued')
  const certificates: IssuedCertificate['sha256'][] = renewed.map(({ sha256 }) => sha256)
  return (
    <>
      <Text size="sm">Send each new certificate to its holder. The key stays the same.</Text>
      {refused.length > 0 && (
        <List size="sm">
          {refused.map(({ certificate, commonName, reason }) => (
            <List.Item key={certificate} className={textStyles.wrap}>
              Not renewed: {commonName}. {reason}
            </List.Item>
          ))}
        </List>
      )}
      <SaveEach certificates={certificates} />
      <SaveResult save={save} />
      <DialogButtons>
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate({ certificates })}>
          Save all in one file
        </Button>
        <Button onClick={onDone}>Done</Button>
      </DialogButtons>
    </>
  )
}
