/*
 * The addresses that an Access application covers. Every rule here is from Cloudflare's page "Application paths"
 * (cloudflare-one/access-controls/policies/app-paths): an asterisk in a hostname stays within its label, one in a path
 * does not stop at a slash, no path and `/*` are the same, and what has no application of its own belongs to the one above.
 */

export interface AddressPattern {
  labels: string[]
  /** Empty for the whole hostname; otherwise with a slash in front and none at the end. */
  path: string
  /** Both together. */
  text: string
}

/** Accounts have a few thousand addresses, and each question is put to all of them. */
const known = new Map<string, AddressPattern>()
const MAX_KNOWN = 10_000

/** Reads `*.example.com/admin`, with or without a scheme. Never throws: an invalid address covers nothing. */
export function readPattern(uri: string): AddressPattern {
  const before = known.get(uri)
  if (before !== undefined) return before
  if (known.size >= MAX_KNOWN) known.clear()
  const pattern = parsePattern(uri)
  known.set(uri, pattern)
  return pattern
}

function parsePattern(uri: string): AddressPattern {
  const [, hostname = '', path = ''] = /^(?:[a-z]+:\/\/)?([^/]*)(.*)$/iu.exec(uri.trim()) ?? []
  return patternOf(hostname.toLowerCase().split('.'), wholePath(path))
}

/** A pattern from its parts, the path as `readPattern` makes it. */
export const patternOf = (labels: string[], path: string): AddressPattern => ({
  labels,
  path,
  text: `${labels.join('.')}${path}`,
})

/** A slash or `/*` alone stand for the whole hostname. */
function wholePath(path: string): string {
  const trimmed = path.replace(/\/+$/u, '')
  return trimmed === '/*' ? '' : trimmed
}

/** Whether the pattern covers the address. `path` begins with a slash and has no query. */
export const covers = (pattern: AddressPattern, address: { hostname: string; path: string }): boolean =>
  coversHost(pattern, labelsOf(address.hostname)) && coversPath(pattern.path, address.path)

const labelsOf = (hostname: string): string[] => readPattern(hostname).labels

/**
 * Whether everything that `inner` covers is covered by `outer` too. An asterisk of `inner` counts as a character that only
 * an asterisk of `outer` matches, so a yes is certain; a pair like `*a` and `a*` is told apart in neither direction.
 */
const isWithin = (inner: AddressPattern, outer: AddressPattern): boolean =>
  coversHost(outer, inner.labels) && coversPath(outer.path, inner.path)

/** "The more specific rule takes precedence." */
export const isMoreSpecific = (one: AddressPattern, other: AddressPattern): boolean =>
  isWithin(one, other) && !isWithin(other, one)

/** Whether two spellings mean the same address. */
export const sameAddress = (one: string, other: string): boolean => addressText(one) === addressText(other)

/** The one spelling of an address that stands for all of them: `example.com` for `https://Example.com/*`. */
export const addressText = (uri: string): string => readPattern(uri).text

/** Compares from the first label, which differs most. */
const coversHost = ({ labels }: AddressPattern, asked: string[]): boolean =>
  labels.length === asked.length &&
  labels.every(
    (label, index) => label === asked[index] || (label.includes('*') && matchesGlob(label, asked[index] ?? '')),
  )

const coversPath = (pattern: string, path: string): boolean =>
  pattern === '' || matchesGlob(pattern, path) || matchesGlob(`${pattern}/*`, path)

/** Asterisks stand for any characters, or none. At most text × pattern steps, since patterns are foreign text. */
function matchesGlob(pattern: string, text: string): boolean {
  let [at, inPattern] = [0, 0]
  let retry: { at: number; inPattern: number } | null = null
  while (at < text.length) {
    if (pattern[inPattern] === '*') {
      inPattern += 1
      retry = { at, inPattern }
    } else if (pattern[inPattern] === text[at]) {
      at += 1
      inPattern += 1
    } else if (retry !== null) {
      retry = { at: retry.at + 1, inPattern: retry.inPattern }
      ;({ at, inPattern } = retry)
    } else return false
  }
  return /^\**$/u.test(pattern.slice(inPattern))
}
