import { SimpleGrid, TextInput, type TextInputProps } from '@mantine/core'
import type { SubjectForm } from './subject'
import { useNarrow } from './use-narrow'

type MinorField = Exclude<keyof SubjectForm, 'commonName'>

const fields: { field: MinorField; label: string; placeholder?: string }[] = [
  { field: 'organization', label: 'Organisation' },
  { field: 'organizationalUnit', label: 'Department' },
  { field: 'locality', label: 'Town' },
  { field: 'state', label: 'State or county' },
  // Not cut while typing: “Germany” would become GE, which is Georgia.
  { field: 'country', label: 'Country', placeholder: 'GB' },
]

/** Everything in a name but the Common Name. */
export function SubjectFields({ props }: { props(field: MinorField): TextInputProps }) {
  return (
    <SimpleGrid cols={useNarrow() ? 1 : 2}>
      {fields.map(({ field, ...rest }) => (
        <TextInput key={field} {...rest} {...props(field)} />
      ))}
    </SimpleGrid>
  )
}
