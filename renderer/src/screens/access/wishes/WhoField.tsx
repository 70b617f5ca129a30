import { Radio, Stack, Textarea } from '@mantine/core'
import { accessLimits } from '#shared/logic/access/limits'
import type { Intent } from '../plan/use-planner'
import { faultOfNames, namesIn } from './wish-input'

export interface TypedWho {
  kind: 'any-certificate' | 'names'
  names: string
}

export const anyCertificate: TypedWho = { kind: 'any-certificate', names: '' }

/** Null until it is complete. */
export function whoMayIn({ kind, names }: TypedWho): Extract<Intent, { kind: 'protect' }>['who'] | null {
  if (kind === 'any-certificate') return { kind }
  const list = namesIn(names)
  return list.length === 0 || faultOfAdmitted(names) !== null ? null : { kind, names: list }
}

const faultOfAdmitted = (names: string) => faultOfNames(namesIn(names), accessLimits.admittedNames)

export function WhoField({ typed, onChange }: { typed: TypedWho; onChange(typed: TypedWho): void }) {
  return (
    <Stack gap="xs">
      <Radio.Group
        label="Who may get in"
        value={typed.kind}
        onChange={(kind) => onChange({ ...typed, kind: kind === 'names' ? 'names' : 'any-certificate' })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="any-certificate" label="Anyone with a valid certificate of the hostname’s CA" />
          <Radio value="names" label="Only certificates with these names" />
        </Stack>
      </Radio.Group>
      {typed.kind === 'names' && (
        <Textarea
          label="Names"
          description="The Common Names, one in each line, exactly as they stand in the certificates."
          autosize
          minRows={2}
          maxRows={8}
          value={typed.names}
          error={faultOfAdmitted(typed.names)}
          onChange={(event) => onChange({ ...typed, names: event.currentTarget.value })}
        />
      )}
    </Stack>
  )
}
