import { SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { NewCertificateForm } from './draft'

/** All of these are optional; most issuers ignore or replace them. */
export function MoreFields({ form }: { form: UseFormReturnType<NewCertificateForm> }) {
  return (
    <Stack>
      <SimpleGrid cols={2}>
        <TextInput label="Organisation" {...form.getInputProps('organization')} />
        <TextInput label="Department" {...form.getInputProps('organizationalUnit')} />
        <TextInput label="Town" {...form.getInputProps('locality')} />
        <TextInput label="State or county" {...form.getInputProps('state')} />
        <TextInput label="Country" placeholder="GB" maxLength={2} {...form.getInputProps('country')} />
      </SimpleGrid>
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
