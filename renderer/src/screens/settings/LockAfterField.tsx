import { Select } from '@mantine/core'
import type { LockAfter } from '#shared/model/vault'
import { useAction, useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'

const choices: { value: string; label: string; minutes: LockAfter }[] = [
  { value: '5', label: '5 minutes', minutes: 5 },
  { value: '15', label: '15 minutes', minutes: 15 },
  { value: '60', label: '1 hour', minutes: 60 },
  { value: 'never', label: 'Never', minutes: null },
]

/** When nobody uses the computer, or it is left. */
export function LockAfterField() {
  const { data: minutes, error } = useAnswer('vault.lockAfter', undefined)
  const save = useAction('vault.setLockAfter')
  const current = choices.find((choice) => choice.minutes === minutes)
  const choose = (value: string | null) => {
    const choice = choices.find((each) => each.value === value)
    if (choice !== undefined) save.mutate({ minutes: choice.minutes })
  }
  const failure = error ?? save.error
  return (
    <>
      <Select
        label="Lock when this computer has not been used for"
        description="Also when it goes to sleep and, on macOS and Windows, when its screen is locked."
        data={choices.map(({ value, label }) => ({ value, label }))}
        value={current?.value ?? null}
        onChange={choose}
        allowDeselect={false}
        disabled={current === undefined}
        w="fit-content"
      />
      {failure !== null && <ErrorNotice error={failure} />}
    </>
  )
}
