/** The rules for text in the name of a certificate, from a form, a list, the command line or a request alike. */

/** Upper bounds in characters of the fields of our own forms (RFC 5280 appendix A.1). */
export const nameBounds = {
  commonName: 64,
  organization: 64,
  organizationalUnit: 64,
  locality: 128,
  state: 128,
} as const

/** In the pattern of a template, it stands for the Common Name of the person or device. */
export const NAME_PLACE = '{name}'

/**
 * Why a text cannot stand in a name, to go on from “The Common Name”; null where it can. Two names that look the same must
 * be the same, so nothing in it may be unseen. `limit` in characters.
 */
export function faultOfText(text: string, limit: number): string | null {
  if (text === '') return 'is empty.'
  const hidden = hiddenCharacter(text)
  if (hidden !== null) return `contains an invisible character (${hidden}).`
  if (text.trim() !== text) return 'begins or ends with a space.'
  if (/ {2}/u.test(text)) return 'contains two spaces in a row.'
  if (/^\p{Mark}/u.test(text)) return 'begins with an accent that belongs to no letter.'
  const { length } = [...text]
  return length > limit ? `can have at most ${limit} characters; it has ${length}.` : null
}

/** The same for a country: two letters (RFC 5280 appendix A.1, ISO 3166). */
export const faultOfCountry = (text: string): string | null =>
  /^[A-Za-z]{2}$/u.test(text) ? null : 'is not a country code of two letters (ISO 3166).'

/** Whether letters of scripts that look alike stand side by side: “аdmin” may begin with a Cyrillic а. */
export const mixesScripts = (text: string): boolean =>
  [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u].filter((script) => script.test(text)).length > 1

/** The first character that leaves nothing to see, or acts on others, as “U+202E”; null where there is none. */
export function hiddenCharacter(text: string): string | null {
  const [found] = unseen.exec(text) ?? []
  if (found === undefined) return null
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/**
 * Controls, formats, private and unassigned characters, line separators, selectors and fillers; spaces that look like the
 * ordinary one (the ideographic space is plainly wider).
 */
const unseen = /\p{C}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|\u2800|(?![ \u3000])\p{Zs}/u
