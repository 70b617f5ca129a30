import type { Header } from '../model/attempt'
import { isSecretHeader, isSecretName } from './secret-names'

const hidden = (length: number) => `‹hidden, ${length} characters›`
const isHidden = /^‹hidden, \d+ characters›$/u
/** Idempotent, since a report passes here when it is made and again when it is kept. */
const hide = (value: string) => (isHidden.test(value) ? value : hidden(value.length))

/** More than is ever encoded by accident; anything deeper is hidden completely. */
const MAX_ENCODINGS = 4

/**
 * Text from a server without anything that could let its reader in: private keys, tokens shaped like a JWT, and the values of
 * parameters, JSON fields and headers whose name says that they are secret. Percent-encoding (RFC 3986 §2.1) is taken off
 * layer by layer, since addresses travel in parameters of addresses; what had nothing to hide stays as it was written.
 */
export function redactText(text: string): string {
  return redactLayer(text, 0)
}

function redactLayer(text: string, layer: number): string {
  const named = hideNamed(text)
  // Nothing else can be decoded.
  if (!named.includes('%')) return named
  return named.replace(run, (whole) => {
    const decoded = decodeOnce(whole)
    if (decoded === whole) return whole
    if (layer === MAX_ENCODINGS) return hidden(whole.length)
    const redacted = redactLayer(decoded, layer + 1)
    return redacted === decoded ? whole : redacted
  })
}

/** What hangs together, as an address does. */
const run = /[^\s"<>‹›]+/gu

/** One layer of what is printable ASCII. Blanks, quotes and brackets stay encoded: they would cut a value in two. */
function decodeOnce(text: string): string {
  return text.replace(/%([2-7][0-9A-Fa-f])/gu, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return /[\s"<>\u007f]/u.test(character) ? encoded : character
  })
}

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gu
/** Characters of a JWT (RFC 7519 §3), including those that are also part of other text. */
const jwtRun = /[A-Za-z0-9_.-]{13,}/gu
/** Cloudflare's own prefixes of tokens and keys (its documentation of token formats). */
const cloudflareToken = /cf(?:ut|at|k)_[\w-]{10,}/gu
/** What a server and a client hand each other by these schemes (RFC 4559). */
const negotiated = /\b(Negotiate|NTLM)( +)([A-Za-z0-9+/=]{8,})/gu

/** A way to write a name and its value. The first group is the name; the value begins where `names` ends. */
interface Notation {
  /** Without this character it cannot occur: most texts of a report are short and have none, and there are hundreds. */
  mark: string
  names: RegExp
  values: RegExp
  isSecret(name: string): boolean
}

const notations: Notation[] = [
  // A line of a header that somebody echoes.
  {
    mark: ':',
    names: /(?<![\w-])([A-Za-z][A-Za-z0-9]{0,40}(?:-[A-Za-z0-9]{1,40}){1,8}|authorization|cookie):[ \t]*/giu,
    values: /[^\s"<][^"<\r\n]*/uy,
    isSecret: isSecretHeader,
  },
  // `"name": "value"` of JSON, and the same inside a string (`\"`); `name="value"` of a header.
  {
    mark: '"',
    names: /(?<![\w.[\]-])([\w.[\]-]+)["']?\s{0,4}[:=]\s{0,4}"/gu,
    values: /(?:\\.|[^"\\])+/uy,
    isSecret: isSecretName,
  },
  {
    mark: "'",
    names: /(?<![\w.[\]-])([\w.[\]-]+)["']?\s{0,4}:\s{0,4}'/gu,
    values: /(?:\\.|[^'\\])+/uy,
    isSecret: isSecretName,
  },
  {
    mark: '\\',
    names: /(?<![\w.[\]-])([\w.[\]-]+)\\{1,8}["']\s{0,4}:\s{0,4}\\{1,8}["']/gu,
    values: /[^"'\\]+/uy,
    isSecret: isSecretName,
  },
  // Query, fragment or form: all up to what ends a parameter on this layer. What is no secret may be an address with
  // parameters of its own.
  {
    mark: '=',
    names: /(?<![\w.~$*%[\]-])([\w.~$*%[\]-]+)=/gu,
    values: /'[^'\r\n]*'[^&#\s"<>]*|[^&#\s"<>‹][^&#\s"<>]*/uy,
    isSecret: (name) => isSecretName(lastName(name)),
  },
]

/** Everything that is recognised on this layer. */
function hideNamed(text: string): string {
  const keyless = text.includes('-----BEGIN ') ? text.replace(privateKey, '‹private key, hidden›') : text
  const unnamed = (keyless.includes('eyJ') ? keyless.replace(jwtRun, hideJwt) : keyless)
    .replace(cloudflareToken, hide)
    .replace(negotiated, (_whole, scheme: string, space: string, value: string) => `${scheme}${space}${hide(value)}`)
  return notations.reduce(
    (before, notation) => (before.includes(notation.mark) ? hideValues(before, notation) : before),
    unnamed,
  )
}

/** From `eyJ`, which begins every JSON object in base64, wherever it stands: behind `3D` and `_` too. */
function hideJwt(characters: string): string {
  const parts = characters.split('.')
  let before = 0
  for (const part of parts.slice(0, -1)) {
    const start = part.indexOf('eyJ')
    if (start !== -1 && part.length - start >= 11) {
      const from = before + start
      return `${characters.slice(0, from)}${hidden(characters.length - from)}`
    }
    before += part.length + 1
  }
  return characters
}

/** By hand, since a value that is not hidden has to be looked through as well, in a time that grows with its length only. */
function hideValues(text: string, { names, values, isSecret }: Notation): string {
  let result = ''
  let done = 0
  names.lastIndex = 0
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    values.lastIndex = names.lastIndex
    const value = isSecret(found[1] ?? '') ? values.exec(text)?.[0] : undefined
    if (value === undefined) continue
    result += text.slice(done, names.lastIndex) + hide(value)
    done = names.lastIndex + value.length
    names.lastIndex = done
  }
  return result + text.slice(done)
}

/** `a%3Db%26id%5Ftoken` → `id_token`: what stands right before the equals sign. */
function lastName(name: string): string {
  let decoded = name
  for (let layer = 0; layer < MAX_ENCODINGS && decoded.includes('%'); layer += 1) decoded = decodeOnce(decoded)
  return decoded.split(/[?&#;=/]/u).at(-1) ?? ''
}

/** A header as it may be shown and kept. A cookie keeps its name and flags and loses its value. */
export function redactHeader({ name, value }: Header): Header {
  const lower = name.toLowerCase()
  if (lower === 'set-cookie') return { name: lower, value: redactCookie(value) }
  if (isSecretHeader(lower)) return { name: lower, value: hide(value) }
  return { name: lower, value: redactText(value) }
}

/** What has no name is all value (RFC 6265bis §5.6). */
function redactCookie(value: string): string {
  const [, name = '', content = '', flags = ''] = /^(?:([^=;]*)=)?([^;]*)(.*)$/su.exec(value) ?? []
  return `${redactText(name)}=${hide(content)}${redactText(flags)}`
}
