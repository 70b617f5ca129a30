import { Select } from '@mantine/core'
import type { Out } from '#shared/ipc/contract'
import { templateLine, templatesFor } from '#shared/logic/issue-template'
import type { AuthoritySummary } from '#shared/model/authority'
import { useAnswer } from '../../../api'

export type Template = Out<'authorities.templates'>[number]

interface ChoiceProps {
  issuer: AuthoritySummary
  chosen: Template | null
  onChoose(template: Template | null): void
}

/** Which template fills in names and lifetime; nothing to see for whoever has none. */
export function TemplateChoice({ issuer, chosen, onChoose }: ChoiceProps) {
  const { data } = useAnswer('authorities.templates', undefined)
  const usable = templatesFor(data ?? [], issuer.id)
  if (usable.length === 0) return null
  return (
    <Select
      label="Template"
      {...(chosen === null ? {} : { description: templateLine(chosen) })}
      size="xs"
      maw={320}
      mb="xs"
      data={[{ value: '', label: 'None' }, ...usable.map(({ id, name }) => ({ value: id as string, label: name }))]}
      value={chosen?.id ?? ''}
      allowDeselect={false}
      searchable={usable.length > 8}
      onChange={(wanted) => onChoose(usable.find(({ id }) => id === wanted) ?? null)}
    />
  )
}
