/** A letter that is written from right to left: Hebrew, Arabic and their relatives, and the blocks of their kind beyond. */
const letter = String.raw`\p{Script=Hebr}\p{Script=Arab}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}`
const rightToLeft = new RegExp(`[${letter}]`, 'u')
/** What is isolated already, or words of such letters that follow one another. */
const isolatedOrWords = new RegExp(
  `\u2068[^\u2069]*\u2069|[${letter}](?:[${letter}\\p{M} '’-]*[${letter}\\p{M}])?`,
  'gu',
)

const FIRST_STRONG_ISOLATE = '\u2068'
const POP_DIRECTIONAL_ISOLATE = '\u2069'

/**
 * A name for use within a sentence. One that is written from right to left would otherwise take along the digits and the names
 * beside it: they would change places (Unicode Standard Annex #9, isolates). Any other name stays as it is.
 */
export const isolated = (name: string): string =>
  rightToLeft.test(name) ? `${FIRST_STRONG_ISOLATE}${name}${POP_DIRECTIONAL_ISOLATE}` : name

/** For a terminal, which shows the characters that isolate instead of heeding them. */
export const withoutIsolation = (text: string): string => text.replace(/\u2068([^\u2068\u2069]*)\u2069/gu, '$1')

/** The same within quotation marks, as names stand in sentences. */
export const quoted = (name: string): string => `“${isolated(name)}”`

/** A sentence that somebody else made: the names in its quotation marks isolated, and the words from right to left outside of them. */
export const withIsolatedNames = (sentence: string): string =>
  sentence
    .replace(/“([^“”\u2068\u2069]+)”/gu, (_, name: string) => quoted(name))
    .replace(isolatedOrWords, (found) => (found.startsWith(FIRST_STRONG_ISOLATE) ? found : isolated(found)))
