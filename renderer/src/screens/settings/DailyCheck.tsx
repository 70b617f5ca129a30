import { Section } from './Section'
import { SystemSwitch } from './SystemSwitch'

/** Off until somebody wants it: it adds a timer to the system. */
export const DailyCheck = () => (
  <Section title="Expiry warnings" intro="While Latchkey is open, it warns before something expires.">
    <SystemSwitch
      of="expiring.dailyCheck"
      label="Also warn while Latchkey is closed"
      description="A system timer runs a short check each morning, for your account only. It notifies you when something expires soon."
    />
  </Section>
)
