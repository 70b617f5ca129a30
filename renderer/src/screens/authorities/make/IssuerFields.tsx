import { Button, Collapse, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { algorithms } from '../../../components/algorithms'
import { SubjectFields } from '../../../components/SubjectFields'
import { minorFields } from '../../../components/subject'
import { DaysField } from '../fields/DaysField'
import { type IssuerForm, pathLengths } from './issuer-draft'

interface FieldsProps {
  form: UseFormReturnType<IssuerForm>
  isRoot: boolean
  issuerEnds: string | null
}

const folded = minorFields.filter((field) => field !== 'organization')

/** Who the issuer is, how its key is made and how long it lasts. */
export function IssuerFields({ form, isRoot, issuerEnds }: FieldsProps) {
  const hasError = folded.some((field) => form.errors[field] !== undefined)
  const [isOpen, setOpen] = useState(false)
  const isMore = isOpen || hasError
  const name = useRef<HTMLInputElement>(null)
  // The second step of a set-up stands in the window of the first: nothing else would bring the focus here.
  useEffect(() => name.current?.focus(), [])
  const Chevron = isMore ? IconChevronUp : IconChevronDown
  return (
    <>
      <TextInput
        label="Name (Common Name)"
        description={`For example “Acme ${isRoot ? 'Root' : 'Client'} CA”. Every certificate below it carries this name.`}
        required
        ref={name}
        data-autofocus
        {...form.getInputProps('commonName')}
      />
      <SimpleGrid cols={2}>
        <Select
          label="Key type"
          description="Cloudflare’s own guide uses RSA 4096."
          data={algorithms}
          allowDeselect={false}
          {...form.getInputProps('algorithm')}
        />
        <DaysField
          days={form.values.days}
          issuerEnds={issuerEnds}
          onChange={(days) => form.setFieldValue('days', days)}
        />
      </SimpleGrid>
      <Button
        variant="subtle"
        size="xs"
        aria-expanded={isMore}
        leftSection={<Chevron size={16} aria-hidden />}
        onClick={() => setOpen(!isMore)}
        style={{ alignSelf: 'flex-start' }}
      >
        More fields
      </Button>
      <Collapse expanded={isMore}>
        <Stack>
          <SubjectFields props={(field) => form.getInputProps(field)} />
          <Select
            label="Issuers below it"
            description="How many levels of issuers (CAs) may be below it."
            data={pathLengths}
            allowDeselect={false}
            {...form.getInputProps('pathLength')}
          />
        </Stack>
      </Collapse>
    </>
  )
}
