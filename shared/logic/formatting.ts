const fullMonths = 'January February March April May June July August September October November December'.split(' ')
const months = fullMonths.map((month) => month.slice(0, 3))

/** "23 Nov 2027", in the reader's own time zone. Our own months: ICU versions disagree about "Sept". */
export function formatDate(instant: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return 'unknown'
  return `${date.getDate()} ${months[date.getMonth()] ?? ''} ${date.getFullYear()}`
}

/** "23 November": for what is near, where the year goes without saying. */
export function formatDay(instant: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return 'unknown'
  return `${date.getDate()} ${fullMonths[date.getMonth()] ?? ''}`
}

/** "09:05" */
export function formatTime(instant: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return 'unknown'
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

/** "23 Nov 2027, 09:05" */
export function formatDateTime(instant: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return 'unknown'
  return `${formatDate(instant)}, ${formatTime(instant)}`
}

/** "23 Nov 2027, 09:05 UTC": for errors, which are copied into tickets and read in other time zones. */
export function formatUtc(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'no date'
  const [day, month, year] = [date.getUTCDate(), months[date.getUTCMonth()] ?? '', date.getUTCFullYear()]
  return `${day} ${month} ${year}, ${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())} UTC`
}

/** "2027-11-23", of UTC: for the CLI and for reports. */
export const formatIsoDate = (instant: string | Date): string => isoOf(instant)?.split('T')[0] ?? 'unknown'

/** "2027-11-23 09:05:00 UTC" */
export function formatIsoTime(instant: string | Date): string {
  const iso = isoOf(instant)
  return iso === null ? 'unknown' : `${iso.slice(0, iso.indexOf('.')).replace('T', ' ')} UTC`
}

function isoOf(instant: string | Date): string | null {
  const date = new Date(instant)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** How long ago, coarsely; a date once that says more. */
export function formatAgo(instant: string, now: Date): string {
  const seconds = Math.round((now.getTime() - Date.parse(instant)) / 1000)
  if (Number.isNaN(seconds)) return 'unknown'
  if (seconds < 60) return 'just now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  if (seconds < 7 * 86_400) return `${countOf(Math.floor(seconds / 86_400), 'day')} ago`
  return `on ${formatDate(instant)}`
}

/** "0 ms", "31 ms", "1.2 s"; a dash for what was not reached. */
export function formatMilliseconds(milliseconds: number | null): string {
  if (milliseconds === null) return '–'
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

/** Hexadecimal in pairs, as certificate viewers show it: "8C:41:0F". */
export function formatFingerprint(hex: string): string {
  return (
    hex
      .replace(/[^0-9a-f]/giu, '')
      .toUpperCase()
      .match(/.{1,2}/gu) ?? []
  ).join(':')
}

/** The reverse, of a fingerprint as programs print it and people copy it: colons, spaces and capitals go. It need not be one. */
export const plainFingerprint = (typed: string): string => typed.replaceAll(/[\s:]/gu, '').toLowerCase()

/** In pairs, too; a negative one keeps its sign, as openssl shows it. */
export const formatSerial = (serial: string): string =>
  `${serial.startsWith('-') ? '-' : ''}${formatFingerprint(serial)}`

/** "999", "3,000" */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/gu, ',')

/** "1 certificate", "3,000 certificates" */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`
}

/** "Chrome", "Chrome and Edge", "Chrome, Edge and Brave" */
export function joinNames(names: string[]): string {
  const last = names.at(-1)
  return last === undefined || names.length === 1 ? (last ?? '') : `${names.slice(0, -1).join(', ')} and ${last}`
}
