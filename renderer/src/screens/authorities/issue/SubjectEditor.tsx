import { Stack, TagsInput, TextInput } from '@mantine/core'
import { SubjectFields } from '../../../components/SubjectFields'
import { type SubjectForm, subjectErrors } from '../../../components/subject'
import type { Decision } from './review'

interface EditorProps {
  decision: Decision
  onDecide(change: Partial<Decision>): void
}

/** The name as the issuer decides it. Rules at Access look at the Common Name. */
export function SubjectEditor({ decision: { subject, emails, dnsNames }, onDecide }: EditorProps) {
  const errors = subjectErrors(subject)
  const field = (name: keyof SubjectForm) => ({
    value: subject[name],
    error: errors[name] ?? null,
    onChange: (event: { currentTarget: { value: string } }) =>
      onDecide({ subject: { ...subject, [name]: event.currentTarget.value } }),
  })
  return (
    <Stack gap="xs" mt="sm">
      <TextInput label="Common Name" {...field('commonName')} />
      <SubjectFields props={field} />
      <TagsInput
        label="E-mail addresses"
        maxTags={20}
        acceptValueOnBlur
        value={emails}
        onChange={(value) => onDecide({ emails: value })}
      />
      <TagsInput
        label="Host names"
        maxTags={20}
        acceptValueOnBlur
        value={dnsNames}
        onChange={(value) => onDecide({ dnsNames: value })}
      />
    </Stack>
  )
}
