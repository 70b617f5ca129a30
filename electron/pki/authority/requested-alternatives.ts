import { DnsName } from '#shared/model/identity'
import { childrenOf, type Element, ifReadable, isCanonical, readOnly, tags } from '../der'
import { generalNameInWords } from '../describe/general-name'

/** The alternative names that a requester wrote (RFC 5280 §4.2.1.6). */
export interface JudgedAlternatives {
  /** GeneralNames, DER, each as it stands in the request: e-mail addresses, DNS names, addresses of machines, URIs. */
  copied: Uint8Array[]
  /** The same in words, for reading. */
  words: string[]
  /** Of other kinds, in words: they never go into a certificate here. */
  leftOut: string[]
  /** Why they cannot be taken as they are; null where they can. */
  refusal: string | null
  /** Those that a form has fields for. */
  emails: string[]
  dnsNames: string[]
}

/** More than anybody would compare. */
const mostNames = 100

/** `values`: those of the extensions that ask for alternative names, DER; see `alternativeNameValues`. */
export function judgeAlternatives(values: Uint8Array[]): JudgedAlternatives {
  const names = namesIn(values)
  const copied = names.filter(({ tag }) => kinds.has(tag))
  return {
    copied: copied.map(({ raw }) => raw),
    words: copied.map(generalNameInWords),
    leftOut: names.filter(({ tag }) => !kinds.has(tag)).map(generalNameInWords),
    refusal: refusalOf(values, names, copied),
    emails: textsOf(copied, tagOf.email),
    dnsNames: textsOf(copied, tagOf.dns),
  }
}

function refusalOf(values: Uint8Array[], names: Element[], copied: Element[]): string | null {
  if (values.length > 1) return 'It asks for different alternative names in several places.'
  if (values.some((value) => elementsIn(value) === null)) return 'The alternative names cannot be read.'
  if (names.length > mostNames)
    return `It asks for ${names.length} alternative names, more than the limit of ${mostNames}.`
  const wrong = copied.find((name) => !isCanonical(name) || kinds.get(name.tag)?.(name.content) !== true)
  return wrong === undefined ? null : `The alternative name “${generalNameInWords(wrong)}” is malformed.`
}

const namesIn = (values: Uint8Array[]): Element[] => values.flatMap((value) => elementsIn(value) ?? [])

function elementsIn(value: Uint8Array): Element[] | null {
  return ifReadable(() => {
    const list = readOnly(value)
    return list.tag === tags.sequence ? childrenOf(list) : null
  })
}

const tagOf = { email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87 } as const

const ascii = (content: Uint8Array) => Buffer.from(content).toString('latin1')
const isDnsName = (text: string) => DnsName.safeParse(text).success && text.trim() === text

/** Kinds that are copied: whether a value is what it says. */
const kinds = new Map<number, (content: Uint8Array) => boolean>([
  [tagOf.email, (content) => isMailbox(ascii(content))],
  [tagOf.dns, (content) => isDnsName(ascii(content))],
  [tagOf.uri, (content) => isUri(ascii(content))],
  [tagOf.ip, ({ length }) => length === 4 || length === 16],
])

/** RFC 5321 §4.1.2 with a dot-string for the local part; the quoted form would only help to deceive. */
function isMailbox(text: string): boolean {
  const [, local = '', domain = ''] = /^([^@]+)@([^@]+)$/u.exec(text) ?? []
  const isLocal = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/u.test(local)
  return isLocal && local.length <= 64 && text.length <= 254 && isDnsName(domain) && !domain.startsWith('*')
}

/** RFC 5280 §4.2.1.6: absolute, of the characters of RFC 3986 §2. */
const isUri = (text: string) => /^[a-z][a-z0-9+.-]*:[\w.~:/?#[\]@!$&'()*+,;=%-]+$/iu.test(text)

function textsOf(names: Element[], tag: number): string[] {
  const isGood = kinds.get(tag)
  const good = names.filter((name) => name.tag === tag && isGood?.(name.content) === true)
  return [...new Set(good.map(({ content }) => ascii(content)))]
}
