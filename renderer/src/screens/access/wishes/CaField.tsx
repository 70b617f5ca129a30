import { Select, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { accessLimits } from '#shared/logic/access/limits'
import type { AccessOverview } from '#shared/model/access-screen'
import { useAnswer } from '../../../api'
import { ChooseFiles } from '../../../import/ChooseFiles'
import type { Source } from '../../../import/file-sources'
import { SetUp } from '../../authorities/make/SetUp'
import type { Intent } from '../plan/use-planner'

type CaChoice = Extract<Intent, { kind: 'add-ca' }>['ca']

export interface TypedCa {
  /** An issuer or a CA as a value of the list; `file` for a file. */
  chosen: string | null
  file: Source | null
  name: string
}

export const noCa = (issuer: string | null): TypedCa => ({
  chosen: issuer === null ? null : `issuer ${issuer}`,
  file: null,
  name: '',
})

/** Null until it is complete. */
export function caChoice({ chosen, file, name }: TypedCa): CaChoice | null {
  const [kind, id = ''] = chosen?.split(' ') ?? []
  if (kind === 'issuer') return { kind: 'issuer', issuer: id }
  if (kind === 'uploaded') return { kind: 'uploaded', ca: id }
  if (kind !== 'file' || file === null || name.trim() === '') return null
  return { kind: 'file', name: name.trim(), source: file }
}

interface CaFieldProps {
  label?: string
  typed: TypedCa
  onChange(typed: TypedCa): void
  /** Those that Access has already can be chosen as well. */
  uploaded?: AccessOverview['cas']
}

/** A CA: an issuer of this computer, a file, or one that Access has. */
export function CaField({ label = 'CA', typed, onChange, uploaded = [] }: CaFieldProps) {
  const [isMaking, setMaking] = useState(false)
  const { data: issuers } = useAnswer('authorities.list', undefined)
  const own = (issuers ?? []).map(({ id, name }) => ({ value: `issuer ${id}`, label: name }))
  const there = uploaded.map(({ id, name }) => ({ value: `uploaded ${id}`, label: name }))
  return (
    <>
      <Select
        label={label}
        placeholder="Choose a CA"
        allowDeselect={false}
        data={[
          ...(there.length > 0 ? [{ group: 'In Access', items: there }] : []),
          ...(own.length > 0 ? [{ group: 'Issuers here', items: own }] : []),
          {
            group: 'Elsewhere',
            items: [
              { value: 'new', label: 'Create an issuer (CA)…' },
              { value: 'file', label: 'From a file…' },
            ],
          },
        ]}
        value={typed.chosen}
        onChange={(chosen) => (chosen === 'new' ? setMaking(true) : onChange({ ...typed, chosen }))}
      />
      {isMaking && (
        <SetUp onClose={() => setMaking(false)} onUse={({ id }) => onChange({ ...typed, chosen: `issuer ${id}` })} />
      )}
      {typed.chosen === 'file' && (
        <>
          <TextInput
            label="Name"
            description="Its name in Access."
            value={typed.name}
            maxLength={accessLimits.name}
            onChange={(event) => onChange({ ...typed, name: event.currentTarget.value })}
          />
          <ChooseFiles
            label="Choose its file"
            hint="CA certificates alone, the issuing one first and its root last: .pem .crt .p7b, or drop it anywhere."
            accept=".pem,.crt,.cer,.der,.p7b,.p7c"
            most={1}
            onFiles={([file]) => file !== undefined && onChange({ ...typed, file })}
          />
          {typed.file !== null && (
            <Text size="sm" role="status">
              {typed.file.kind === 'bytes' ? typed.file.name : 'A chosen file'}
            </Text>
          )}
        </>
      )}
    </>
  )
}
