import { formatDate, formatDateTime } from '#shared/logic/formatting'

/**
 * Evidence is kept with ISO dates, so that a report says the same in every time zone and in the CLI. On the screen a date is
 * "25 Nov 2026"; one with a time is in the reader's own zone.
 */
export const localDates = (text: string): string =>
  text.replace(
    /\b(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z| UTC))?/gu,
    (_all, year: string, month: string, day: string, time: string | undefined) =>
      time === undefined
        ? // Noon of the reader's own day: the date itself, whatever the zone.
          formatDate(`${year}-${month}-${day}T12:00:00`)
        : formatDateTime(`${year}-${month}-${day}T${time}Z`),
  )
