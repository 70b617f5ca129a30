import { AppError, isAppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import { toDer } from '../ber'
import { childAt, childrenOf, type Element, readElement, readOid, readOnly, tags } from '../der'
import { decryptKey, type PlainKey, plainKey } from './private-keys'

export interface Bags {
  keys: (PlainKey & { label: string | null })[]
  certificates: { der: Uint8Array; label: string | null }[]
  crls: Uint8Array[]
}

const bagTypes = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  crl: '1.2.840.113549.1.12.10.1.4',
  nested: '1.2.840.113549.1.12.10.1.6',
} as const
const x509Certificate = '1.2.840.113549.1.9.22.1'
const friendlyName = '1.2.840.113549.1.9.20'

/** Every bag of every SafeContents (RFC 7292 §4.2), nested ones included; secrets and unknown bags are passed over. */
export function readBags(contents: Uint8Array[], passwords: (string | null)[], macHeld: boolean, depth = 0): Bags {
  if (depth > 8) throw new AppError('malformed', 'The file is nested too deeply.')
  const bags: Bags = { keys: [], certificates: [], crls: [] }
  for (const content of contents) {
    for (const bag of childrenOf(readOnly(toDer(content)))) readBag(bag, bags, passwords, macHeld, depth)
  }
  return bags
}

function readBag(bag: Element, into: Bags, passwords: (string | null)[], macHeld: boolean, depth: number): void {
  const parts = childrenOf(bag)
  const value = readElement(childAt(parts, 1, 0xa0).content)
  const label = labelOf(parts[2])
  switch (readOid(childAt(parts, 0, tags.oid))) {
    case bagTypes.key:
      into.keys.push({ ...plainKey(value.raw), label })
      break
    case bagTypes.shroudedKey:
      into.keys.push({ ...openShrouded(value.raw, passwords, macHeld), label })
      break
    case bagTypes.certificate: {
      const [type, certificate] = childrenOf(value)
      if (type !== undefined && certificate !== undefined && readOid(type) === x509Certificate) {
        into.certificates.push({ der: readElement(certificate.content).content, label })
      }
      break
    }
    case bagTypes.crl:
      into.crls.push(readElement(childAt(childrenOf(value), 1, 0xa0).content).content)
      break
    case bagTypes.nested: {
      const inner = readBags([value.raw], passwords, macHeld, depth + 1)
      into.keys.push(...inner.keys)
      into.certificates.push(...inner.certificates)
      into.crls.push(...inner.crls)
    }
  }
}

/** The MAC held with this password, so a key that does not open has one of its own: say that, not "wrong password". */
function openShrouded(der: Uint8Array, passwords: (string | null)[], macHeld: boolean): PlainKey {
  try {
    return decryptKey(der, passwords)
  } catch (error) {
    if (macHeld && isAppError(error, 'wrong-password')) {
      throw new AppError('wrong-password', 'The file opens with this password, but the key inside has another one.')
    }
    throw error
  }
}

function labelOf(attributes: Element | undefined): string | null {
  if (attributes === undefined) return null
  for (const attribute of childrenOf(attributes)) {
    const [id, values] = childrenOf(attribute)
    if (id === undefined || values === undefined || readOid(id) !== friendlyName) continue
    const [name] = childrenOf(values)
    if (name?.tag === tags.bmpString && name.content.length % 2 === 0)
      return neutralise(Buffer.from(name.content).swap16().toString('utf16le'))
  }
  return null
}
