/** `npm run soak` tries far more random inputs and moments than `npm test`, which has a sample. */
export const isSoak = process.env['LATCHKEY_SOAK'] === '1'

/** The whole of `npm test`, which has to be quick: what is named on its command line is run in full (electron/setup/test.mjs). */
export const isSample = process.env['LATCHKEY_SAMPLE'] === '1' && !isSoak

/** How many random inputs a property is tried with: `usual` of them in `npm test`. */
export const rounds = (usual: number): number => (isSoak ? usual * 20 : usual)

/** Days since 1970, or another day's by LATCHKEY_SEED. */
export const today = Number(process.env['LATCHKEY_SEED'] ?? Math.floor(Date.now() / 86_400_000))

/**
 * Every `of`-th of a long table, beginning elsewhere each day: `npm test` sees all of it within `of` days, and the same part in
 * each run of a day. Of a table that is shorter than `of`, it sees one. `npm run soak` sees all of it at once.
 */
export const partOfToday = <T>(table: readonly T[], of: number): T[] =>
  table.filter((_, index) => isPartOfToday(index, Math.min(of, table.length)))

/** The same for what comes one by one. */
export const isPartOfToday = (place: number, of: number): boolean => isSoak || (place + today) % of === 0
