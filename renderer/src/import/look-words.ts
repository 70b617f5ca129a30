import type { InspectedFile, ObjectKind } from '#shared/model/details'

export const kindWords: Record<ObjectKind, string> = {
  certificate: 'Certificate',
  request: 'Request (CSR)',
  crl: 'Revocation list (CRL)',
  'private-key': 'Private key',
  'public-key': 'Public key',
}

export const needsPassword = ({ failures }: InspectedFile): boolean =>
  failures.some(({ code }) => code === 'password-needed' || code === 'wrong-password')

/** Which of the file's objects belongs to this one; empty where none does. */
export function pairWords({ objects, pairs }: InspectedFile, index: number): string {
  const partners = pairs.flatMap(({ key, certificate }) => {
    if (key === index) return [objects[certificate]?.title ?? '']
    return certificate === index ? ['its private key is in this file'] : []
  })
  if (partners.length === 0) return ''
  return pairs.some(({ key }) => key === index) ? `belongs to “${partners.join('”, “')}”` : (partners[0] ?? '')
}
