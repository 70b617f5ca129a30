import { Text } from '@mantine/core'
import { useAnswer } from '../../api'
import { Section } from './Section'
import { SystemSwitch } from './SystemSwitch'

/** Both are off until somebody wants them: closing the window quits, and nothing starts by itself. */
export function InBackground() {
  const { data: tray } = useAnswer('desktop.tray', undefined)
  return (
    <Section title="In the background">
      <SystemSwitch
        of="desktop.startAtLogin"
        label="Start Latchkey when I log in"
        description="It starts in the background, with its window minimised or only in the tray, and warns before something expires."
      />
      <SystemSwitch
        of="desktop.tray"
        label="Keep running in the tray when the window is closed"
        description="The icon in the tray lists what expires soon, and its menu quits Latchkey."
      />
      {tray?.isOn === true && !tray.isShown && (
        <Text size="sm" role="status">
          This desktop shows no tray icons, so closing the window quits Latchkey all the same. GNOME needs an extension
          for them, such as AppIndicator.
        </Text>
      )}
    </Section>
  )
}
