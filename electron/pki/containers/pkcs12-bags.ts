import { AppError, isAppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import { toDer } from '../ber'
import { childAt, childrenOf, type Element, readElement, readOid, readOnly, tags } from '../der'
import { type Budget, spendParts } from './budget'
import type { Password } from './passwords'
import { decryptKey, type PlainKey, plainKey } from './private-keys'

export interface Bags {
  keys: (PlainKey & { label: string | null })[]
  certificates: { der: Uint8Array; label: string | null }[]
  crls: Uint8Array[]
  /** Bags that could not be read, with their place. */
  failures: { where: string; error: AppError }[]
  /** Bags that hold none of the above. */
  passedOver: string[]
}

const bagTypes = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  crl: '1.2.840.113549.1.12.10.1.4',
  nested: '1.2.840.113549.1.12.10.1.6',
} as const
const secretBag = '1.2.840.113549.1.12.10.1.5'
const x509Certificate = '1.2.840.113549.1.9.22.1'
const friendlyName = '1.2.840.113549.1.9.20'

/** How the bags of a file are opened. */
export interface BagOptions {
  /** Spellings of the password, tried in turn. */
  passwords: Password[]
  /** The MAC held, so the password is right. */
  macHeld: boolean
  budget: Budget
}

export const noBags = (): Bags => ({ keys: [], certificates: [], crls: [], failures: [], passedOver: [] })

/** Reads one part; a part that fails is noted and does not hide the others. */
export function attemptBag(into: Bags, where: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isAppError(error)) throw error
    into.failures.push({ where, error })
  }
}

/** Every bag of a SafeContents (RFC 7292 §4.2), nested ones included; secrets and unknown bags are passed over. */
export function readBags(content: Uint8Array, into: Bags, options: BagOptions, depth = 0): void {
  if (depth > 8) throw new AppError('malformed', 'The file is nested too deeply.')
  const bags = childrenOf(readOnly(toDer(content)))
  spendParts(options.budget, bags.length)
  for (const bag of bags) {
    const count = into.keys.length + into.certificates.length + into.crls.length + into.failures.length
    attemptBag(into, `Bag ${count + 1}`, () => readBag(bag, into, options, depth))
  }
}

function readBag(bag: Element, into: Bags, options: BagOptions, depth: number): void {
  const parts = childrenOf(bag)
  const type = readOid(childAt(parts, 0, tags.oid))
  const value = readElement(childAt(parts, 1, 0xa0).content)
  const label = labelOf(parts[2])
  switch (type) {
    case bagTypes.key:
      into.keys.push({ ...plainKey(value.raw), label })
      break
    case bagTypes.shroudedKey:
      into.keys.push({ ...openShrouded(value.raw, options), label })
      break
    case bagTypes.certificate: {
      const [format, certificate] = childrenOf(value)
      if (format === undefined || certificate === undefined || readOid(format) !== x509Certificate)
        into.passedOver.push('a certificate that is not X.509')
      else into.certificates.push({ der: readElement(certificate.content).content, label })
      break
    }
    case bagTypes.crl:
      into.crls.push(readElement(childAt(childrenOf(value), 1, 0xa0).content).content)
      break
    case bagTypes.nested:
      readBags(value.raw, into, options, depth + 1)
      break
    default:
      into.passedOver.push(type === secretBag ? 'a secret' : `a bag of type ${type}`)
  }
}

/** The MAC held with this password, so a key that does not open has one of its own: say that, not "wrong password". */
function openShrouded(der: Uint8Array, { passwords, macHeld, budget }: BagOptions): PlainKey {
  try {
    return decryptKey(der, { passwords, use: 'pkcs12', budget })
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
