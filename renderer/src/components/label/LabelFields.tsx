import { TagsInput, Textarea } from '@mantine/core'
import { labelLimits } from '#shared/logic/label-limits'

interface LabelForm {
  tags: string[]
  note: string
}

interface LabelFieldsProps {
  form: LabelForm
  /** Tags that are in use, to choose from. */
  known: readonly string[]
  onChange(form: LabelForm): void
}

/** What a person writes on a certificate or a site to find it again. */
export function LabelFields({ form, known, onChange }: LabelFieldsProps) {
  return (
    <>
      <TagsInput
        label="Tags"
        description="To filter the list by. Press Enter after each."
        data={[...known]}
        value={form.tags}
        maxTags={labelLimits.tags}
        maxLength={labelLimits.tag}
        acceptValueOnBlur
        onChange={(tags) => onChange({ ...form, tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== '') })}
      />
      <Textarea
        label="Note"
        description="Only for you. It stays on this computer."
        autosize
        minRows={2}
        maxRows={6}
        value={form.note}
        maxLength={labelLimits.note}
        onChange={(event) => onChange({ ...form, note: event.currentTarget.value })}
      />
    </>
  )
}
