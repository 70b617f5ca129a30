import { parseJson } from '#electron/platform/parse-json'

/**
 * The texts in a JSON document, in order; a list of strings is one text with a line for each. Null for anything else.
 */
export function jsonTexts(text: string): string[] | null {
  const start = text.trimStart()
  if (!/^[{["]/u.test(start)) return null
  const value = parseJson(start)
  if (value === undefined) return null
  const texts: string[] = []
  // A stack instead of recursion: nesting is limited by the size of the file only.
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string') texts.push(next)
    else if (Array.isArray(next) && next.every((item) => typeof item === 'string')) texts.push(next.join('\n'))
    else if (typeof next === 'object' && next !== null)
      for (const item of Object.values(next).reverse()) waiting.push(item)
  }
  return texts
}
