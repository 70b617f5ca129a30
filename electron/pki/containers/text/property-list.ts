import { decodeBase64, removeBlanks } from './base64'
import { stripMarkup } from './markup'

/** A file inside an Apple configuration profile (.mobileconfig). */
export interface Payload {
  name: string
  bytes: Uint8Array
  /** Profiles may carry the password of their PKCS#12. */
  password: string | null
}

const element = /<(\/?)(dict|key|string|data)(?:\s[^<>]{0,200})?>/gu

/**
 * The certificates and identities of a configuration profile in XML (Apple, “Configuration Profile Reference”: payloads of
 * the types com.apple.security.*).
 */
export function payloadsIn(text: string): Payload[] {
  if (!text.includes('<plist')) return []
  const payloads: Payload[] = []
  const dictionaries: Map<string, string>[] = []
  let key = ''
  let from = 0
  for (const found of text.matchAll(element)) {
    const [whole, slash, name = ''] = found
    if (slash === '') {
      if (name === 'dict') dictionaries.push(new Map())
      from = found.index + whole.length
      continue
    }
    if (name === 'dict') payloads.push(...payloadOf(dictionaries.pop()))
    else if (name === 'key') key = text.slice(from, found.index).trim()
    else if (wanted.has(key)) dictionaries.at(-1)?.set(key, stripMarkup(text.slice(from, found.index)).trim())
  }
  return payloads
}

const names = ['PayloadDisplayName', 'PayloadCertificateFileName', 'PayloadIdentifier', 'PayloadType']
const wanted = new Set([...names, 'PayloadContent', 'Password'])

function payloadOf(dictionary: Map<string, string> | undefined): Payload[] {
  const content = dictionary?.get('PayloadContent')
  if (dictionary === undefined || content === undefined) return []
  if (dictionary.get('PayloadType')?.startsWith('com.apple.security.') !== true) return []
  const bytes = decodeBase64(removeBlanks(content))
  if (bytes === null) return []
  const name = names.map((one) => dictionary.get(one) ?? '').find((one) => one !== '') ?? ''
  return [{ name, bytes, password: dictionary.get('Password') ?? null }]
}
