import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useAction } from '../api'
import { showFailure } from './failure-notice'
import type { ThingAction } from './shown-thing'

/** Its end, with reminders, for the person's own calendar. */
export function AddToCalendarButton({ about }: { about: About }) {
  const { add, isPending } = useAddToCalendar(about)
  return (
    <Button
      variant="default"
      leftSection={<IconCalendarPlus size={16} aria-hidden />}
      loading={isPending}
      onClick={add}
    >
      Add to calendar
    </Button>
  )
}

/** The same in the menu of a certificate or an issuer, and in the palette. */
export function useCalendarAction(about: About): ThingAction {
  const { add } = useAddToCalendar(about)
  return {
    id: 'calendar',
    label: 'Add to calendar',
    words: 'ics reminder expiry remind date',
    Icon: IconCalendarPlus,
    run: add,
  }
}

/** One of the three, by its id; one that only a store has by its fingerprint. */
type About = { identity: string } | { issuer: string } | { stored: string }

function useAddToCalendar(about: About): { add(): void; isPending: boolean } {
  const save = useAction('expiring.addToCalendar')
  // Not callbacks of `mutate`: those are dropped with the menu entry, which is gone once it is clicked.
  const add = () => void save.mutateAsync({ about }).then(tellSaved, tellNotSaved)
  return { add, isPending: save.isPending }
}

function tellSaved({ name }: { name: string | null }): void {
  if (name === null) return
  const message = 'Open this file to add it to your calendar.'
  notifications.show({ color: 'teal', title: `Saved as ${name}.`, message })
}

function tellNotSaved(error: unknown): void {
  showFailure('Not saved.', error)
}
