import { Button, Group, Stack, TagsInput, TextInput } from '@mantine/core'
import { SubjectFields } from '../../../components/SubjectFields'
import { otherNameRules, type SubjectForm, subjectErrors } from '../../../components/subject'
import { formOf, isRenamed, type Names, type ReviewEntry } from './request-review'

interface EditorProps {
  one: ReviewEntry
  onChange(names: Names): void
}

/** The name as the issuer decides it. Rules at Access look at the Common Name. The first keystroke makes it a decision. */
export function SubjectEditor({ one, onChange }: EditorProps) {
  const { request, decision } = one
  const names = formOf(request, decision.names)
  const { subject, emails, dnsNames } = names
  const errors = subjectErrors(subject)
  const field = (name: keyof SubjectForm) => ({
    value: subject[name],
    error: errors[name] ?? null,
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...names, subject: { ...subject, [name]: event.currentTarget.value } }),
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
        error={otherNameRules.emails(emails)}
        onChange={(value) => onChange({ ...names, emails: value })}
      />
      <TagsInput
        label="Host names"
        maxTags={20}
        acceptValueOnBlur
        value={dnsNames}
        error={otherNameRules.dnsNames(dnsNames)}
        onChange={(value) => onChange({ ...names, dnsNames: value })}
      />
      {isRenamed(one) && (
        <Group>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange(one.first)}>
            {firstNamesWords(one)}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function firstNamesWords({ request, first }: ReviewEntry): string {
  if (request.listed !== null) return 'Use the list’s names'
  return first.kind === 'decided' ? 'Use the template’s names' : 'Use the requester’s names'
}
