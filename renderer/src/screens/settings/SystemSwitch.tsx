import { Checkbox } from '@mantine/core'
import { useAction, useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'

const switches = {
  'expiring.dailyCheck': 'expiring.setDailyCheck',
  'desktop.startAtLogin': 'desktop.setStartAtLogin',
  'desktop.tray': 'desktop.setTray',
} as const

interface SystemSwitchProps {
  /** What says whether it is on. */
  of: keyof typeof switches
  label: string
  description: string
}

/** Something that the system does for Latchkey, and that may have been changed outside of it. */
export function SystemSwitch({ of, label, description }: SystemSwitchProps) {
  const query = useAnswer(of, undefined, { refetchOnMount: 'always' })
  const change = useAction(switches[of])
  const failure = query.error ?? change.error
  return (
    <>
      <Checkbox
        label={label}
        description={description}
        checked={change.isPending ? change.variables.isOn : (change.data?.isOn ?? query.data?.isOn ?? false)}
        disabled={query.data === undefined || change.isPending}
        onChange={(event) =>
          change.mutate({ isOn: event.currentTarget.checked }, { onSettled: () => void query.refetch() })
        }
      />
      {failure !== null && <ErrorNotice error={failure} />}
    </>
  )
}
