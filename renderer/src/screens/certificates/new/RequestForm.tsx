import { Button, Collapse, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { algorithms } from '../../../components/algorithms'
import { DialogButtons } from '../../../components/DialogButtons'
import { SubjectFields } from '../../../components/SubjectFields'
import { focusFirstFault } from '../../../components/SubmitButton'
import { minorFields } from '../../../components/subject'
import { type NewCertificateForm, rules } from './request-draft'

interface FormProps {
  initial: NewCertificateForm
  onReady(values: NewCertificateForm): void
  onCancel(): void
  children: ReactNode
}

const hidden = [...minorFields, 'emails', 'dnsNames'] as const

export function RequestForm({ initial, onReady, onCancel, children }: FormProps) {
  const form = useForm<NewCertificateForm>({ initialValues: initial, validate: rules, validateInputOnBlur: true })
  const [isMore, setMore] = useState(hidden.some((field) => initial[field].length > 0))
  const Chevron = isMore ? IconChevronUp : IconChevronDown
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(onReady, (errors, _values, event) => {
        // An error in a field that is folded away would leave the person wondering.
        if (hidden.some((field) => errors[field] !== undefined)) setMore(true)
        focusFirstFault(event?.currentTarget ?? null)
      })}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          Latchkey makes a private key that stays on this computer, and a request that your administrator signs.
        </Text>
        <TextInput
          label="Common Name"
          description="Your name, or the name of this computer. Rules at Access can let exactly this name in."
          required
          data-autofocus
          {...form.getInputProps('commonName')}
        />
        <Select
          label="Key type"
          description="RSA 2048 is what Cloudflare’s own guide uses. Keep it unless you were told otherwise."
          data={algorithms}
          allowDeselect={false}
          {...form.getInputProps('algorithm')}
        />
        <Button
          variant="subtle"
          size="xs"
          aria-expanded={isMore}
          leftSection={<Chevron size={16} aria-hidden />}
          onClick={() => setMore(!isMore)}
          style={{ alignSelf: 'flex-start' }}
        >
          More fields
        </Button>
        <Collapse expanded={isMore}>
          <MoreFields form={form} />
        </Collapse>
        {children}
        <DialogButtons>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit">Create key and request</Button>
        </DialogButtons>
      </Stack>
    </form>
  )
}

/** All of these are optional; most issuers ignore or replace them. */
function MoreFields({ form }: { form: UseFormReturnType<NewCertificateForm> }) {
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
