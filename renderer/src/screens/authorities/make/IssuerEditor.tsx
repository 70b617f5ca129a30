import { Button, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { AuthoritySummary } from '#shared/model/authority'
import { call } from '../../../api'
import { algorithmName } from '../../../components/algorithms'
import { DialogButtons } from '../../../components/DialogButtons'
import { JobProgress, useJob } from '../../../components/JobProgress'
import { focusFirstFault, SubmitButton } from '../../../components/SubmitButton'
import { isChosen, NewPassphrase, nothingTyped } from '../../../vault/NewPassphrase'
import { IssuerPassphrase, SigningError } from '../fields/IssuerPassphrase'
import { isLifetime } from '../fields/lifetime'
import { IssuerFields } from './IssuerFields'
import { type IssuerForm, issuerDraft, rulesBelow } from './issuer-draft'

interface EditorProps {
  initial: IssuerForm
  /** Signs the new one; null makes a root, which signs itself. */
  parent: AuthoritySummary | null
  /** The verb on the button. */
  action: string
  onCancel(): void
  onMade(made: AuthoritySummary): void
}

/** Key and certificate of a new issuer in one go. Cancelling returns at once and throws the result away. */
export function IssuerEditor({ initial, parent, action, onCancel, onMade }: EditorProps) {
  const form = useForm<IssuerForm>({
    initialValues: initial,
    validate: rulesBelow(parent?.name ?? null),
    validateInputOnBlur: true,
  })
  const [typed, setTyped] = useState(nothingTyped)
  const [signing, setSigning] = useState('')
  const { job, error, run } = useJob()
  const isReady = isChosen(typed) && isLifetime(form.values.days) && (parent === null || signing !== '')

  async function make(values: IssuerForm) {
    const issuer = parent === null ? null : { authority: parent.id, passphrase: signing }
    const made = await run((id) =>
      call('authorities.create', { draft: issuerDraft(values), passphrase: typed.first, issuer, job: id }),
    )
    if (made !== null) onMade(made)
  }

  if (job !== null) {
    return (
      <JobProgress job={job} phase="Making the key" about={algorithmName(form.values.algorithm)}>
        <Text size="sm" c="dimmed">
          Generating a key of this size can take a few seconds.
        </Text>
      </JobProgress>
    )
  }
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values, event) => (isReady ? void make(values) : focusFirstFault(event?.currentTarget ?? null)),
        (_errors, _values, event) => focusFirstFault(event?.currentTarget ?? null),
      )}
    >
      <Stack>
        <IssuerFields form={form} isRoot={parent === null} issuerEnds={parent?.notAfter ?? null} />
        <NewPassphrase label="Passphrase for its key" typed={typed} onChange={setTyped} />
        <Text size="sm" c="dimmed">
          It is asked for whenever this issuer signs. Nobody can reset it for you. Write it down and keep it in a safe
          place.
        </Text>
        {parent !== null && (
          <IssuerPassphrase issuer={parent.name} value={signing} onChange={setSigning} error={error} />
        )}
        <SigningError error={error} />
        <DialogButtons>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <SubmitButton isReady={isReady}>{action}</SubmitButton>
        </DialogButtons>
      </Stack>
    </form>
  )
}
