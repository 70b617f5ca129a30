import { Checkbox, Text } from '@mantine/core'
import { useAction, useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { Section } from './Section'

/** Both are off until somebody wants them: closing the window quits, and nothing starts by itself. */
export function InBackground() {
  return (
    <Section title="In the background">
      <StartAtLogin />
      <KeepRunning />
    </Section>
  )
}

/** It adds an entry to what the session starts. */
function StartAtLogin() {
  const query = useAnswer('desktop.startAtLogin', undefined, { refetchOnMount: 'always' })
  const change = useAction('desktop.setStartAtLogin')
  const failure = query.error ?? change.error
  return (
    <>
      <Checkbox
        label="Start Latchkey when I log in"
        description="It starts in the background, with its window minimised or only in the tray, and warns before something expires."
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

function KeepRunning() {
  const query = useAnswer('desktop.tray', undefined, { refetchOnMount: 'always' })
  const change = useAction('desktop.setTray')
  const failure = query.error ?? change.error
  const state = change.data ?? query.data
  return (
    <>
      <Checkbox
        label="Keep running in the tray when the window is closed"
        description="The icon in the tray lists what expires soon. Quit from its menu, or from the File menu."
        checked={change.isPending ? change.variables.isOn : (state?.isOn ?? false)}
        disabled={query.data === undefined || change.isPending}
        onChange={(event) => change.mutate({ isOn: event.currentTarget.checked })}
      />
      {state?.isOn === true && !state.isShown && (
        <Text size="sm" role="status">
          This desktop shows no tray icons, so closing the window quits Latchkey all the same. GNOME needs an extension
          for them, such as AppIndicator.
        </Text>
      )}
      {failure !== null && <ErrorNotice error={failure} />}
    </>
  )
}
