import { Checkbox } from '@mantine/core'
import { useAction, useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { Section } from './Section'

/** Off until somebody wants it: it adds a timer to the system. */
export function DailyCheck() {
  const query = useAnswer('expiring.dailyCheck', undefined, { refetchOnMount: 'always' })
  const change = useAction('expiring.setDailyCheck')
  const failure = query.error ?? change.error
  return (
    <Section title="Expiry warnings" intro="While Latchkey is open, it warns before something expires.">
      <Checkbox
        label="Also warn while Latchkey is closed"
        description="A system timer runs a short check each morning, for your account only. It notifies you when something expires soon."
        checked={change.data?.isOn ?? query.data?.isOn ?? false}
        disabled={query.data === undefined || change.isPending}
        onChange={(event) =>
          change.mutate({ isOn: event.currentTarget.checked }, { onSettled: () => void query.refetch() })
        }
      />
      {failure !== null && <ErrorNotice error={failure} />}
    </Section>
  )
}
