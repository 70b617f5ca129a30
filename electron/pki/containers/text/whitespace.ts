/** Zero-width characters, soft hyphens and the marks of writing direction, which chat programs and PDF viewers put between letters. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
/** Every blank but the ASCII ones, most of all U+00A0, with which web pages and mail programs indent. */
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu
const lineEnds = /\r\n|[\r\u0085\u2028\u2029\v\f]/gu
/** Hyphens of every kind; word processors make a dash of two of them. */
const hyphens = /[\u2010\u2011\u2012\u2212\ufe63\uff0d]/gu
const dashes = /[\u2013\u2014\u2015\ufe58]/gu

/** The same text with ASCII blanks, hyphens and line feeds. Lines keep their numbers. */
export function plainCharacters(text: string): string {
  const lines = text.replace(lineEnds, '\n')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything in ASCII is left as it is
  if (/^[\u0000-\u007f]*$/u.test(lines)) return lines
  return lines.replace(invisible, '').replace(blanks, ' ').replace(hyphens, '-').replace(dashes, '--')
}
