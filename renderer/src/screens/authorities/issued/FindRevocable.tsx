import { Alert, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Call } from '#shared/ipc/contract'
import { formatDate } from '#shared/logic/formatting'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Revocable } from '#shared/model/revocation'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { OpenModal } from '../../../components/OpenModal'
import { ChooseFiles } from '../../../import/ChooseFiles'
import { foundName } from './issued-words'

interface FindProps {
  issuer: AuthoritySummary
  onFound(found: Revocable): void
  onClose(): void
}

/** Which certificate is meant: its file, or its serial number. */
export function FindRevocable({ issuer, onFound, onClose }: FindProps) {
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
        <Text size="sm" className="wrap">
          For a certificate that “{issuer.name}” signed elsewhere, so that it is not in this list.
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
