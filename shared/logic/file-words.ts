import { messages } from '../messages'
import type { InspectedFile, InspectFailure, ObjectKind } from '../model/details'
import { countOf } from './formatting'

/** What an object is called, in the window and in a terminal. */
export const kindWords: Record<ObjectKind, string> = {
  certificate: 'Certificate',
  request: 'Request (CSR)',
  crl: 'Revocation list (CRL)',
  'private-key': 'Private key',
  'public-key': 'Public key',
}

const counted: Record<ObjectKind, [string, string]> = {
  certificate: ['certificate', 'certificates'],
  request: ['request (CSR)', 'requests (CSR)'],
  crl: ['revocation list (CRL)', 'revocation lists (CRL)'],
  'private-key': ['private key', 'private keys'],
  'public-key': ['public key', 'public keys'],
}

/** "2 certificates, 1 private key"; empty for a file without objects. */
export function contentWords({ objects }: Pick<InspectedFile, 'objects'>): string {
  const kinds = [...new Set(objects.map(({ kind }) => kind))]
  return kinds
    .map((kind) => countOf(objects.filter((object) => object.kind === kind).length, ...counted[kind]))
    .join(', ')
}

/** "old.ppk: Latchkey cannot read this kind of file: a PuTTY key." */
export function unreadWords({ where, code, detail }: InspectFailure): string {
  const title = messages[code].title.replace(/\.$/u, '')
  const isMore = detail !== null && detail !== where
  return `${where}: ${title}${isMore ? `: ${detail.replace(/\.$/u, '')}` : ''}.`
}
