import { Checkbox, TagsInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isolated } from '#shared/logic/isolate'
import { labelLimits } from '#shared/logic/label-limits'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAction } from '../../../api'
import { AskForm } from '../../../components/AskForm'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { SubjectFields } from '../../../components/SubjectFields'
import type { SubjectForm } from '../../../components/subject'
import { DaysField } from '../fields/DaysField'
import type { Template } from './TemplateChoice'
import { draftFrom, isTemplate, type TemplateForm, templateFaults, templateForm } from './template-form'

interface EditorProps {
  issuer: AuthoritySummary
  /** Null for a new one. */
  template: Template | null
  onDone(): void
}

/** A new template, or one that is changed. */
export function TemplateEditor({ issuer, template, onDone }: EditorProps) {
  const [form, setForm] = useState(() => templateForm(template))
  const save = useAction('authorities.saveTemplate')
  const faults = templateFaults(form)
  const change = (changes: Partial<TemplateForm>) => setForm((before) => ({ ...before, ...changes }))
  const field = (name: keyof SubjectForm) => ({
    value: form.subject[name],
    error: faults[name] ?? null,
    maxLength: 254,
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ subject: { ...form.subject, [name]: event.currentTarget.value } }),
  })
  return (
    <AskForm
      action="Save template"
      isReady={isTemplate(form)}
      isBusy={save.isPending}
      onSubmit={() => save.mutate(draftFrom(form, issuer.id, template?.id ?? null), { onSuccess: onDone })}
      onCancel={onDone}
    >
      <TextInput
        label="Name of the template"
        placeholder="Staff laptops"
        value={form.name}
        maxLength={labelLimits.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <DaysField days={form.days} onChange={(days) => change({ days })} />
      <TextInput label="Common Name" {...field('commonName')} />
      <Text size="xs" c="dimmed">
        {'{name}'} stands for the name of the person or device. In an address, “Ada Lovelace” becomes ada.lovelace.
        Fields that stay empty change nothing.
      </Text>
      <SubjectFields props={field} />
      <TagsInput
        label="E-mail addresses"
        placeholder="{name}@acme.example"
        maxTags={20}
        acceptValueOnBlur
        value={form.emails}
        error={faults.emails ?? null}
        onChange={(emails) => change({ emails })}
      />
      <TagsInput
        label="Host names"
        placeholder="{name}.devices.acme.example"
        maxTags={20}
        acceptValueOnBlur
        value={form.dnsNames}
        error={faults.dnsNames ?? null}
        onChange={(dnsNames) => change({ dnsNames })}
      />
      <Checkbox
        label={`Only for ${isolated(issuer.name)}`}
        checked={form.isForIssuer}
        onChange={(event) => change({ isForIssuer: event.currentTarget.checked })}
      />
      {save.error !== null && <ErrorNotice error={save.error} />}
    </AskForm>
  )
}
