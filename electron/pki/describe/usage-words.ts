import { reasonFlags, reasonWords } from '#shared/logic/crl-reasons'
import { childrenOf, type Element, readOid } from '../der'
import { readNamedBits } from '../der-values'
import { nameOfOid } from '../oid-names'

/** RFC 5280 §4.2.1.3, by bit. */
const usages = [
  'Digital signature',
  'Non-repudiation',
  'Key encipherment',
  'Data encipherment',
  'Key agreement',
  'Certificate signing',
  'CRL signing',
  'Encipher only',
  'Decipher only',
]

/** Netscape's certificate type, long retired and still met. */
const netscapeTypes = [
  'SSL client',
  'SSL server',
  'S/MIME',
  'Object signing',
  'Reserved',
  'SSL CA',
  'S/MIME CA',
  'Object signing CA',
]

const bitWords = (words: (bit: number) => string | null | undefined) => (bits: Element) => {
  const set = [...readNamedBits(bits)]
  return set.length === 0 ? 'none' : set.map((bit) => words(bit) ?? `bit ${bit}`).join(', ')
}

export const describeKeyUsage = bitWords((bit) => usages[bit])
export const describeReasons = bitWords((bit) => reasonWords(reasonFlags[bit]))
export const describeNetscapeType = bitWords((bit) => netscapeTypes[bit])

export const describePurposes = (list: Element): string =>
  childrenOf(list)
    .map((purpose) => nameOfOid(readOid(purpose)))
    .join('\n')
