import type { EventAttributes } from 'ics'
import { shown } from '#shared/logic/expiring/words'
import type { Expiring, WarningStage } from '#shared/model/expiring'

/** What an event needs of something that expires. */
export type CalendarItem = Pick<Expiring, 'kind' | 'key' | 'name' | 'ends'>

/** As Latchkey's own warnings; the last one comes with the event itself. */
const reminders = [30, 14, 7, 1] as const satisfies readonly WarningStage[]

/**
 * An iCalendar file (RFC 5545) with one event for each, and reminders ahead of it. The same thing has the same UID each time,
 * so that a calendar that has it already does not add it again.
 */
export async function calendarFile(items: CalendarItem[]): Promise<string> {
  // Loaded on first use: nothing else needs it.
  const { createEvents } = await import('ics')
  const { error, value } = createEvents(items.map(eventOf), { productId: '-//Latchkey//EN', method: 'PUBLISH' })
  if (error !== null || value === null) throw error ?? new Error('No calendar was written.')
  return value
}

function eventOf({ kind, key, name, ends }: CalendarItem): EventAttributes {
  const title = titleOf(kind, name)
  const at = new Date(ends)
  return {
    uid: `${key.replaceAll(' ', '-')}@latchkey.app`,
    title,
    description: kind === 'crl' ? 'Write and publish the next list before this.' : 'Replace it before this.',
    start: [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()],
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes: 15 },
    // Shown as free in a calendar, not as busy.
    busyStatus: 'FREE',
    transp: 'TRANSPARENT',
    alarms: reminders.map((days) => ({ action: 'display', description: title, trigger: { days, before: true } })),
  }
}

function titleOf(kind: Expiring['kind'], name: string): string {
  return kind === 'crl' ? `The revocation list of ${shown(name)} expires` : `“${shown(name)}” expires`
}
