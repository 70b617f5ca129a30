import { accessLimits } from '#shared/logic/access/limits'
import { isEmailAddress, MAX_EMAIL_ADDRESS } from '#shared/logic/email-address'
import { quoted } from '#shared/logic/isolate'
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

/** Common Names, one in each line: they may hold commas and spaces. */
export const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/\r?\n/u)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

/** Addresses as they are typed or pasted: one in each line, or with commas between them. */
export const emailsIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/u).filter((part) => part !== ''))]

/** Why Access would not take them, in words; null where it would. */
export function faultOfHostnames(hostnames: string[]): string | null {
  const wrong = hostnames.find((hostname) => !AccessHostname.safeParse(hostname).success)
  if (wrong !== undefined)
    return `${quoted(wrong)} is not a hostname that Access accepts. Wildcards cannot be associated with a CA.`
  return tooMany(hostnames, accessLimits.hostnames, 'hostnames')
}

/** @param most How many of them the change may name. */
export function faultOfNames(names: string[], most: number): string | null {
  const long = names.find((name) => name.length > accessLimits.name)
  if (long !== undefined)
    return `A name can have at most ${accessLimits.name} characters; ${quoted(beginning(long))} is longer.`
  return tooMany(names, most, 'names')
}

export function faultOfEmails(emails: string[]): string | null {
  const wrong = emails.find((email) => !isEmailAddress(email))
  if (wrong !== undefined) return `${quoted(wrong)} is not an e-mail address.`
  const long = emails.find((email) => email.length > MAX_EMAIL_ADDRESS)
  if (long !== undefined)
    return `An e-mail address can have at most ${MAX_EMAIL_ADDRESS} characters; ${quoted(beginning(long))} is longer.`
  return tooMany(emails, accessLimits.destinations, 'addresses')
}

/** @param kinds What they are, in the plural. */
export const tooMany = (list: string[], most: number, kinds: string): string | null =>
  list.length > most ? `At most ${most} ${kinds} at once; these are ${list.length}.` : null

const beginning = (text: string): string => `${[...text].slice(0, 20).join('')}…`
