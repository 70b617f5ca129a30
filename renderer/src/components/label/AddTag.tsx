import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
import { labelLimits } from '#shared/logic/label-limits'
import { useTask } from '../../api'
import { AskForm } from '../AskForm'
import { ErrorNotice } from '../ErrorNotice'
import { OpenModal } from '../OpenModal'

interface AddTagProps {
  /** "3 certificates" */
  to: string
  known: readonly string[]
  onAdd(tag: string): Promise<unknown>
  onClose(): void
}

/** One tag for everything that is selected. */
export function AddTag({ to, known, onAdd, onClose }: AddTagProps) {
  const [tag, setTag] = useState('')
  const add = useTask(() => onAdd(tag.trim()))
  return (
    <OpenModal onClose={onClose} title={`Add a tag to ${to}`}>
      <AskForm
        action="Add"
        isReady={tag.trim() !== ''}
        isBusy={add.isPending}
        onSubmit={() => add.mutate(undefined, { onSuccess: onClose })}
        onCancel={onClose}
      >
        <Autocomplete
          label="Tag"
          required
          data={[...known]}
          value={tag}
          maxLength={labelLimits.tag}
          onChange={setTag}
        />
        {add.error !== null && <ErrorNotice error={add.error} />}
      </AskForm>
    </OpenModal>
  )
}
