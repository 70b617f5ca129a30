import { AccessHostname } from '#shared/model/access-wish'

/** Hostnames as they are typed or pasted: one in each line, or with commas between them. */
export const hostnamesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/u)
      .map((part) =>
        part
          .trim()
          .toLowerCase()
          .replace(/^https:\/\//u, '')
          .replace(/\/+$/u, ''),
      )
      .filter((part) => part !== ''),
  ),
]

/** The first one that Access would not take; null where all are fine. */
export const wrongHostname = (hostnames: string[]): string | null =>
  hostnames.find((hostname) => !AccessHostname.safeParse(hostname).success) ?? null

/** Common Names, one in each line: they may hold commas and spaces. */
export const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/\r?\n/u)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]
