import { Alert, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Call } from '#shared/ipc/contract'
import { formatDate, formatDateTime, formatSerial } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Revocable } from '#shared/model/revocation'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ConfirmModal } from '../../../components/ConfirmModal'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { Facts, Mono } from '../../../components/Facts'
import { GlossaryTerm } from '../../../components/GlossaryTerm'
import { OpenModal } from '../../../components/OpenModal'
import textStyles from '../../../components/text.module.css'
import { ChooseFiles } from '../../../import/ChooseFiles'
import { foundName, reasons } from './issued-words'
import { RevokeQuestion } from './Revoke'

/** A certificate that is not in the list: first it is recognised, then, once it was looked at, revoked. */
export function RevokeOther({ issuer, onClose }: { issuer: AuthoritySummary; onClose(): void }) {
  const [found, setFound] = useState<Revocable | null>(null)
  if (found === null) return <FindRevocable issuer={issuer} onFound={setFound} onClose={onClose} />
  return <ConfirmRevocation found={found} onClose={onClose} />
}

interface FindProps {
  issuer: AuthoritySummary
  onFound(found: Revocable): void
  onClose(): void
}

/** Which certificate is meant: its file, or its serial number. */
function FindRevocable({ issuer, onFound, onClose }: FindProps) {
  const [serial, setSerial] = useState('')
  const read = useAction('authorities.readRevocable')
  const done = read.data !== undefined && isDone(read.data) ? read.data : null

  const look = (choice: Call<'authorities.readRevocable'>['choice']) =>
    read.mutate(
      { authority: issuer.id, choice },
      {
        onSuccess: (found) => {
          if (!isDone(found)) onFound(found)
        },
      },
    )

  return (
    <OpenModal onClose={onClose} title="Revoke another certificate" closeOnClickOutside={false}>
      <AskForm
        action="Continue"
        isReady={serial.trim() !== ''}
        isBusy={read.isPending}
        onSubmit={() => look({ kind: 'serial', serial: serial.trim() })}
        onCancel={onClose}
      >
        <Text size="sm" className={textStyles.wrap}>
          For a certificate that {quoted(issuer.name)} signed elsewhere, so it is not in this list.
        </Text>
        <ChooseFiles
          label="Choose its file"
          hint=".pem .crt .cer .der, or drop it anywhere."
          accept=".pem,.crt,.cer,.der,.p7b,.p7c"
          onFiles={(sources) => look({ kind: 'files', sources })}
        />
        <TextInput
          label="Or type its serial number"
          description="In hex, as openssl shows it. For a decimal number, write decimal:1234."
          placeholder="1A:2B:3C"
          value={serial}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setSerial(event.currentTarget.value)}
        />
        {done !== null && (
          <Alert role="status" title="Already revoked">
            {foundName(done)} was revoked{done.revokedAt === null ? '' : ` on ${formatDate(done.revokedAt)}`}.
          </Alert>
        )}
        {read.error !== null && <ErrorNotice error={read.error} />}
      </AskForm>
    </OpenModal>
  )
}

/** Revoked, and nothing to add to the list. */
const isDone = ({ revokedAt, isListed, certificate }: Revocable) =>
  revokedAt !== null && (isListed || certificate === null)

/** What was recognised, and the last question before it is revoked. */
function ConfirmRevocation({ found, onClose }: { found: Revocable; onClose(): void }) {
  const [reason, setReason] = useState(reasons[0].value)
  const revoke = useAction('authorities.revokeOther')
  const { certificate, issuer, serial, revokedAt, target } = found

  async function confirm() {
    const { isNew } = await revoke.mutateAsync({ target, reason })
    const message = `Write a new list for ${quoted(issuer)} next.`
    if (isNew) notifications.show({ color: 'teal', title: 'Revoked.', message })
    else notifications.show({ color: 'teal', title: 'Added to the list.', message: 'It had been revoked before.' })
  }

  return (
    <ConfirmModal
      title={revokedAt === null ? `Revoke ${foundName(found)}?` : `Add ${foundName(found)} to the list?`}
      action={revokedAt === null ? 'Revoke' : 'Add to the list'}
      opened
      onClose={onClose}
      onConfirm={confirm}
      {...(revokedAt === null ? { understood: 'I understand that this cannot be undone.' } : {})}
    >
      <Facts
        facts={[
          ['Subject', certificate?.subject ?? null],
          [<GlossaryTerm key="t" term="Serial number" />, <Mono key="v" text={formatSerial(serial)} />],
          ['Valid until', certificate === null ? 'Not known' : formatDateTime(certificate.notAfter)],
          ['Issuer', issuer],
        ]}
      />
      {certificate === null && (
        <Text size="sm">
          Only the serial number is known here. It stays on every list, because its expiry date is not known.
        </Text>
      )}
      {revokedAt === null ? (
        <RevokeQuestion
          reason={reason}
          onReason={setReason}
          commonName={certificate?.commonName ?? null}
          issuer={issuer}
        />
      ) : (
        <Text size="sm">
          Its serial number was revoked on {formatDate(revokedAt)}. That date and reason stay. The certificate is added
          to the issued ones, as revoked.
        </Text>
      )}
    </ConfirmModal>
  )
}
