import { childrenOf, type Element } from '../der'
import { type DistinguishedName, readName } from './name'

/** A GeneralName (RFC 5280 §4.2.1.6), as far as name constraints can speak about it. */
export type GeneralName =
  | { kind: 'email' | 'dns' | 'uri'; value: string }
  /** 4 or 16 octets; twice as many, with the mask, in a constraint. */
  | { kind: 'ip'; value: Uint8Array }
  | { kind: 'directory'; value: DistinguishedName }
  /** otherName, X.400, EDI and registered identifiers: told apart by their tag only. */
  | { kind: 'other'; value: number }

/** Errors: `malformed` for a directory name that cannot be read. */
export function readGeneralName({ tag, content }: Element): GeneralName {
  const text = () => Buffer.from(content).toString('latin1')
  switch (tag) {
    case 0x81:
      return { kind: 'email', value: text() }
    case 0x82:
      return { kind: 'dns', value: text() }
    case 0xa4:
      return { kind: 'directory', value: readName(content) }
    case 0x86:
      return { kind: 'uri', value: text() }
    case 0x87:
      return { kind: 'ip', value: content }
    default:
      return { kind: 'other', value: tag }
  }
}

export const readGeneralNames = (element: Element): GeneralName[] => childrenOf(element).map(readGeneralName)

/** The name in words, for evidence; not neutralised. */
export function spellGeneralName(name: GeneralName): string {
  switch (name.kind) {
    case 'email':
    case 'dns':
    case 'uri':
      return name.value
    case 'ip':
      return [...name.value].join('.')
    case 'directory':
      return 'its subject name'
    case 'other':
      return 'a name of another kind'
  }
}
