import { createHash } from 'node:crypto'
import type { DetailField, DetailGroup, ObjectDetails } from '#shared/model/details'
import { Sha256 } from '#shared/model/ids'
import { encodePem } from '../containers/pem'
import { type Element, tags } from '../der'
import { readAlgorithm } from '../der-values'
import { signatureName } from '../sign'
import { colons, type Oddities, stated } from './fields'

export function fingerprints(der: Uint8Array): ObjectDetails['fingerprints'] {
  const digest = (name: string) => createHash(name).update(der).digest('hex')
  return { sha256: Sha256.parse(digest('sha256')), sha1: digest('sha1'), md5: digest('md5') }
}

interface Parts {
  kind: ObjectDetails['kind']
  title: string
  groups: DetailGroup[]
  oddities: Oddities
  /** What the fingerprints are of. */
  der: Uint8Array
  /** Null for private keys. */
  pemLabel: string | null
}

export const objectDetails = ({ kind, title, groups, oddities, der, pemLabel }: Parts): ObjectDetails => ({
  kind,
  title,
  groups: groups.filter(({ fields }) => fields.length > 0),
  fingerprints: fingerprints(der),
  oddities: [...new Set(oddities)],
  pem: pemLabel === null ? null : encodePem(pemLabel, der),
})

/** Algorithm and value of a signature, as they stand behind what is signed. */
export function signatureFields(algorithm: Element, value: Element | undefined): DetailField[] {
  const { algorithm: oid } = readAlgorithm(algorithm)
  const name = stated('signature.algorithm', 'Algorithm', signatureName(oid), algorithm, { oid })
  if (value?.tag !== tags.bitString) return [name]
  return [name, stated('signature.value', 'Value', colons(value.content.subarray(1)), value)]
}
