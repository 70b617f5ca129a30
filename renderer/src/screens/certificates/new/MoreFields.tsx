import { Stack, TagsInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { SubjectFields } from '../../../components/SubjectFields'
import type { NewCertificateForm } from './draft'

/** All of these are optional; most issuers ignore or replace them. */
export function MoreFields({ form }: { form: UseFormReturnType<NewCertificateForm> }) {
  return (
    <Stack>
      <SubjectFields props={(field) => form.getInputProps(field)} />
      <TagsInput
        label="E-mail addresses"
        description="Press Enter after each."
        maxTags={20}
        acceptValueOnBlur
        {...form.getInputProps('emails')}
      />
      <TagsInput
        label="Host names"
        description="For a device. Press Enter after each."
        maxTags={20}
        acceptValueOnBlur
        {...form.getInputProps('dnsNames')}
      />
    </Stack>
  )
}
