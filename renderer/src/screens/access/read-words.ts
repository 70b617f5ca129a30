import { formatDateTime, formatTime } from '#shared/logic/formatting'

/** "read today at 14:02", or with its date. */
export const readWords = (readAt: string, now: Date): string => `read ${momentWords(readAt, now)}`

/** "today at 14:02", "21 Nov 2026, 14:02" */
export function momentWords(instant: string, now: Date): string {
  const isToday = new Date(instant).toDateString() === now.toDateString()
  return isToday ? `today at ${formatTime(instant)}` : formatDateTime(instant)
}
