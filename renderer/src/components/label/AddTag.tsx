import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
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
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)

  async function add() {
    setBusy(true)
    setError(null)
    try {
      await onAdd(tag.trim())
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <OpenModal onClose={onClose} title={`Add a tag to ${to}`}>
      <AskForm action="Add" isReady={tag.trim() !== ''} isBusy={isBusy} onSubmit={() => void add()} onCancel={onClose}>
        <Autocomplete label="Tag" required data={[...known]} value={tag} maxLength={40} onChange={setTag} />
        {error !== null && <ErrorNotice error={error} />}
      </AskForm>
    </OpenModal>
  )
}
