import { neutralise } from '#shared/logic/neutralise'
import { readText } from '../character-string'
import { childrenOf, type Element, ifReadable, readElement, readOid, tags } from '../der'
import { nameOfOid } from '../oids'
import { nameLine } from '../x509/name'
import { hexOf, type Oddities } from './fields'

/** GeneralName (RFC 5280 §4.2.1.6), in words; in a name constraint an address comes with its mask. */
export function describeGeneralName(name: Element, oddities: Oddities): string {
  const text = () => neutralise(Buffer.from(name.content).toString('latin1'))
  switch (name.tag) {
    case 0xa0:
      return otherName(name, oddities)
    case 0x81:
      return `E-mail: ${text()}`
    case 0x82:
      return `DNS: ${text()}`
    case 0xa4:
      return `Directory: ${nameLine(readElement(name.content), oddities)}`
    case 0x86:
      return `URI: ${text()}`
    case 0x87:
      return `IP: ${address(name.content)}`
    case 0x88:
      return `Registered identifier: ${readOid({ ...name, tag: tags.oid })}`
    default:
      return `Another kind of name: #${hexOf(name.raw)}`
  }
}

/** The same where nothing else is made of it: what cannot be read is said to be that. */
export const generalNameInWords = (name: Element): string =>
  ifReadable(() => describeGeneralName(name, [])) ?? 'A name that cannot be read'

export const describeGeneralNames = (list: Element, oddities: Oddities): string =>
  childrenOf(list)
    .map((name) => describeGeneralName(name, oddities))
    .join('\n')

function otherName(name: Element, oddities: Oddities): string {
  const [type, wrapped] = childrenOf(name)
  if (type === undefined || wrapped === undefined) return `Another kind of name: #${hexOf(name.raw)}`
  return `${nameOfOid(readOid(type))}: ${readText(readElement(wrapped.content), oddities)}`
}

/** 4 or 16 octets, or twice as many with a mask behind. */
function address(content: Uint8Array): string {
  if (content.length === 4) return [...content].join('.')
  if (content.length === 16)
    return (hexOf(content).match(/.{4}/gu) ?? []).map((group) => group.replace(/^0+(?=.)/u, '')).join(':')
  const half = content.length / 2
  if (half === 4 || half === 16) return `${address(content.subarray(0, half))} / ${address(content.subarray(half))}`
  return `#${hexOf(content)}`
}
