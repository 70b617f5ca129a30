import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { labelLimits } from '#shared/logic/label-limits'
import type { IdentityDetail } from '#shared/model/identity'
import { useAction, useAnswer } from '../../api'
import { AskForm } from '../../components/AskForm'
import { ErrorNotice } from '../../components/ErrorNotice'
import { LabelFields } from '../../components/label/LabelFields'
import { OpenModal } from '../../components/OpenModal'

/** The name in the list, tags and a note; the certificate itself keeps the name that its issuer signed. */
export function LabelCertificate({ detail, onClose }: { detail: IdentityDetail; onClose(): void }) {
  const { id } = detail.summary
  const [name, setName] = useState(detail.summary.name)
  const [form, setForm] = useState({ tags: detail.tags, note: detail.note })
  const { data: known = [] } = useAnswer('identities.tags', undefined)
  const save = useAction('identities.label')
  return (
    <OpenModal onClose={onClose} title="Name, tags and note">
      <AskForm
        action="Save"
        isReady={name.trim() !== ''}
        isBusy={save.isPending}
        onSubmit={() => save.mutate({ identity: id, name, ...form }, { onSuccess: onClose })}
        onCancel={onClose}
      >
        <TextInput
          label="Name in Latchkey"
          description="The certificate itself does not change."
          required
          value={name}
          maxLength={labelLimits.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <LabelFields form={form} known={known} onChange={setForm} />
        {save.error !== null && <ErrorNotice error={save.error} />}
      </AskForm>
    </OpenModal>
  )
}
